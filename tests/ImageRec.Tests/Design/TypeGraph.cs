using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ImageRec.Tests.Design;

/// <summary>
/// Which type of an assembly uses which, read from its metadata and its methods' code; and the folder each type is written in, from its
/// symbols.
/// </summary>
internal sealed class TypeGraph
{
    private static readonly Guid s_typeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");
    private static readonly Dictionary<int, OperandType> s_operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    private readonly MetadataReader _metadata;
    private readonly Dictionary<string, HashSet<string>> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _public = new(StringComparer.Ordinal);

    public TypeGraph(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        _metadata = file.GetMetadataReader();
        var names = new UsedTypes(_metadata);
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var type = _metadata.GetTypeDefinition(handle);
            var outer = names.Outermost(handle);
            if (outer.StartsWith('<'))
                continue;
            var used = _uses.TryGetValue(outer, out var known) ? known : _uses[outer] = new(StringComparer.Ordinal);
            names.Found = used;
            names.Token(type.BaseType);
            foreach (var item in type.GetInterfaceImplementations())
                names.Token(_metadata.GetInterfaceImplementation(item).Interface);
            foreach (var parameter in type.GetGenericParameters())
                names.Constraints(parameter);
            names.Attributes(type.GetCustomAttributes());
            foreach (var field in type.GetFields())
            {
                _metadata.GetFieldDefinition(field).DecodeSignature(names, null);
                names.Attributes(_metadata.GetFieldDefinition(field).GetCustomAttributes());
            }
            foreach (var property in type.GetProperties())
                names.Attributes(_metadata.GetPropertyDefinition(property).GetCustomAttributes());
            foreach (var item in type.GetMethods())
            {
                var method = _metadata.GetMethodDefinition(item);
                method.DecodeSignature(names, null);
                names.Attributes(method.GetCustomAttributes());
                foreach (var parameter in method.GetGenericParameters())
                    names.Constraints(parameter);
                if (method.RelativeVirtualAddress != 0)
                    Body(file.GetMethodBody(method.RelativeVirtualAddress), names);
            }
            used.Remove(outer);
            if ((type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
                _public.Add(outer);
            if (Document(symbols.GetMetadataReader(), handle, type) is { } document)
                _documents.TryAdd(outer, document);
        }
    }

    /// <summary>Full names of the types that are written in a file, without those that are nested or made by the compiler.</summary>
    public IEnumerable<string> Types => _documents.Keys;

    /// <summary>Full names of the types that a type uses.</summary>
    public IReadOnlySet<string> Uses(string type) => _uses[type];

    /// <summary>The file that a type is written in.</summary>
    public string FileOf(string type) => _documents[type];

    /// <summary>Whether other assemblies see a type.</summary>
    public bool IsPublic(string type) => _public.Contains(type);

    private static string? Document(MetadataReader symbols, TypeDefinitionHandle handle, TypeDefinition type)
    {
        foreach (var method in type.GetMethods())
        {
            var debug = symbols.GetMethodDebugInformation(method);
            if (!debug.Document.IsNil && Name(debug.Document) is var name && !name.Contains("/obj/", StringComparison.Ordinal)
                && !name.EndsWith(".g.cs", StringComparison.Ordinal))
                return name;
        }
        foreach (var item in symbols.GetCustomDebugInformation(handle))
        {
            var info = symbols.GetCustomDebugInformation(item);
            if (symbols.GetGuid(info.Kind) != s_typeDocuments)
                continue;
            var blob = symbols.GetBlobReader(info.Value);
            var row = blob.ReadCompressedInteger();
            return Name(MetadataTokens.DocumentHandle(row));
        }
        return null;

        string Name(DocumentHandle document) => symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');
    }

    private void Body(MethodBodyBlock body, UsedTypes names)
    {
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (var region in body.ExceptionRegions)
            if (region.Kind == ExceptionRegionKind.Catch)
                names.Token(region.CatchType);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int op = code.ReadByte();
            if (op == 0xFE)
                op = 0xFE00 | code.ReadByte();
            switch (s_operands[op])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    names.Token(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSig or OperandType.InlineString or OperandType.InlineBrTarget or OperandType.InlineI
                    or OperandType.ShortInlineR:
                    code.ReadInt32();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineVar:
                    code.ReadInt16();
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.ReadByte();
                    break;
            }
        }
    }
}
