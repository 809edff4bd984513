using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ImageRec.Tests.Images;

/// <summary>What assemblies ask of SkiaSharp, looked for in the version that these tests run with.</summary>
internal static class SkiaReferences
{
    /// <summary>The version that the project names; null where it is the one the library is compiled against.</summary>
    public static string Expected { get; } =
        typeof(SkiaReferences).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(a => a.Key == "SkiaSharp")?.Value
            ?? "2.88.9";

    /// <summary>The members of SkiaSharp that an assembly uses.</summary>
    public static IReadOnlyList<string> All(Assembly assembly) => [.. Read(assembly).Select(reference => reference.Name)];

    /// <summary>Those that are not there.</summary>
    public static IReadOnlyList<string> Missing(Assembly assembly) =>
        [.. Read(assembly).Where(reference => !Exists(assembly, reference.Token)).Select(reference => reference.Name)];

    private static bool Exists(Assembly assembly, int token)
    {
        try
        {
            return assembly.ManifestModule.ResolveMember(token) is not null;
        }
        catch (Exception e) when (e is MissingMemberException or TypeLoadException)
        {
            return false;
        }
    }

    private static List<(string Name, int Token)> Read(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var found = new List<(string, int)>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "SkiaSharp")
                found.Add(($"{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}", MetadataTokens.GetToken(handle)));
        }
        return found;
    }
}
