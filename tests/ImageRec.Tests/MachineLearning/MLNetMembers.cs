using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ImageRec.Tests.MachineLearning;

/// <summary>
/// Compares what a compiled assembly uses of ML.NET, internal types included, with what the assemblies of an ML.NET have. Read from
/// metadata, so that what is missing is said in words before anything is loaded.
/// </summary>
internal sealed class MLNetMembers
{
    private const string Family = "Microsoft.ML";
    private static readonly MetadataText s_text = new();
    private readonly Dictionary<string, (MetadataReader Reader, Dictionary<string, TypeDefinitionHandle> Types)> _assemblies =
        new(StringComparer.Ordinal);
    private readonly HashSet<string> _forwarded = new(StringComparer.Ordinal);

    /// <param name="assemblies">The assemblies of ML.NET, as files.</param>
    public MLNetMembers(IEnumerable<byte[]> assemblies)
    {
        foreach (var bytes in assemblies)
        {
            var reader = Open(bytes);
            var types = reader.TypeDefinitions.DistinctBy(type => MetadataText.NameOf(reader, type))
                .ToDictionary(type => MetadataText.NameOf(reader, type));
            _assemblies[reader.GetString(reader.GetAssemblyDefinition().Name)] = (reader, types);
            foreach (var handle in reader.ExportedTypes)
            {
                var type = reader.GetExportedType(handle);
                _forwarded.Add($"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}");
            }
        }
    }

    /// <summary>Full names of the types of ML.NET that an assembly uses.</summary>
    public static IReadOnlyList<string> UsedTypes(byte[] user)
    {
        var reader = Open(user);
        var used = reader.TypeReferences.Where(type => AssemblyOf(reader, type) is not null);
        return [.. used.Select(type => MetadataText.NameOf(reader, type))];
    }

    /// <summary>Sentences, each about one type or member that an assembly uses and ML.NET does not have.</summary>
    public IReadOnlyList<string> MissingFor(byte[] user)
    {
        var reader = Open(user);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in reader.TypeReferences)
        {
            if (AssemblyOf(reader, type) is { } assembly && Find(assembly, MetadataText.NameOf(reader, type)) is null)
                missing.Add(WithoutType(assembly, MetadataText.NameOf(reader, type)));
        }
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (ParentOf(reader, member) is not { } parent || AssemblyOf(reader, parent) is not { } assembly)
                continue;
            var name = MetadataText.NameOf(reader, parent);
            if (Find(assembly, name) is { } found && WithoutMember(reader, member, name, found) is { } sentence)
                missing.Add(sentence);
        }
        return [.. missing];
    }

    private static MetadataReader Open(byte[] assembly) => new PEReader(new MemoryStream(assembly)).GetMetadataReader();

    /// <summary>The assembly of ML.NET that a type is looked for in; null for types of others.</summary>
    private static string? AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        if (scope.Kind == HandleKind.TypeReference)
            return AssemblyOf(reader, (TypeReferenceHandle)scope);
        if (scope.Kind != HandleKind.AssemblyReference)
            return null;
        var name = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        var isOfMLNet = (name == Family || name.StartsWith($"{Family}.", StringComparison.Ordinal))
            && !name.StartsWith($"{Family}.OnnxRuntime", StringComparison.Ordinal);
        return isOfMLNet ? name : null;
    }

    private static TypeReferenceHandle? ParentOf(MetadataReader reader, MemberReference member)
    {
        if (member.Parent.Kind == HandleKind.TypeReference)
            return (TypeReferenceHandle)member.Parent;
        if (member.Parent.Kind != HandleKind.TypeSpecification)
            return null;
        // An instance of a generic type: the type itself follows two bytes, and its arguments do not matter here.
        var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        blob.ReadByte();
        return blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type ? (TypeReferenceHandle)type : null;
    }

    private (MetadataReader Reader, TypeDefinitionHandle Type)? Find(string assembly, string type)
    {
        if (!_assemblies.TryGetValue(assembly, out var known))
            return null;
        if (known.Types.TryGetValue(type, out var handle))
            return (known.Reader, handle);
        if (!_forwarded.Contains(type.Split('+')[0]))
            return null;
        var other = _assemblies.Values.FirstOrDefault(candidate => candidate.Types.ContainsKey(type));
        return other.Types is null ? null : (other.Reader, other.Types[type]);
    }

    private string WithoutType(string assembly, string type)
    {
        if (!_assemblies.TryGetValue(assembly, out var known))
            return $"There is no {assembly}, which had the type {type}.";
        var elsewhere = _assemblies.Where(other => other.Value.Types.ContainsKey(type)).Select(other => other.Key).FirstOrDefault();
        return $"{assembly} {VersionOf(known.Reader)} has no type {type}" + (elsewhere is null ? "." : $"; {elsewhere} has one.");
    }

    private static string? WithoutMember(
        MetadataReader user, MemberReference member, string type, (MetadataReader Reader, TypeDefinitionHandle Type) found)
    {
        var name = user.GetString(member.Name);
        var (wanted, has) = member.GetKind() == MemberReferenceKind.Method
            ? (MetadataText.Method(name, member.DecodeMethodSignature(s_text, null)), Methods(found, name))
            : ($"{name}: {member.DecodeFieldSignature(s_text, null)}", Fields(found, name));
        if (has.Contains(wanted))
            return null;
        var assembly = found.Reader.GetAssemblyDefinition();
        var others = has.Count == 0 ? "it has none of that name" : $"it has {string.Join(" and ", has)}";
        return $"{found.Reader.GetString(assembly.Name)} {assembly.Version}: {type} has no {wanted}; {others}.";
    }

    private static List<string> Methods((MetadataReader Reader, TypeDefinitionHandle Type) found, string name) =>
    [
        .. found.Reader.GetTypeDefinition(found.Type).GetMethods().Select(found.Reader.GetMethodDefinition)
            .Where(method => found.Reader.GetString(method.Name) == name)
            .Select(method => MetadataText.Method(name, method.DecodeSignature(s_text, null))),
    ];

    private static List<string> Fields((MetadataReader Reader, TypeDefinitionHandle Type) found, string name) =>
    [
        .. found.Reader.GetTypeDefinition(found.Type).GetFields().Select(found.Reader.GetFieldDefinition)
            .Where(field => found.Reader.GetString(field.Name) == name)
            .Select(field => $"{name}: {field.DecodeSignature(s_text, null)}"),
    ];

    private static Version VersionOf(MetadataReader reader) => reader.GetAssemblyDefinition().Version;
}
