using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

// OpenReferences IN OUT TYPE...: copies an assembly for the compiler to look at, with the named types and their internal members made public.
// Only the flags in the metadata tables change (ECMA-335, II.22.37 and II.22.26); the assembly that runs stays the original.
var image = File.ReadAllBytes(args[0]);
var names = args[2..].ToHashSet(StringComparer.Ordinal);
using var assembly = new PEReader(new MemoryStream(image.ToArray()));
var metadata = assembly.GetMetadataReader();
foreach (var handle in metadata.TypeDefinitions)
{
    var type = metadata.GetTypeDefinition(handle);
    if (!names.Remove(FullName(type)))
        continue;
    var visible = type.IsNested ? TypeAttributes.NestedPublic : TypeAttributes.Public;
    BinaryPrimitives.WriteUInt32LittleEndian(
        image.AsSpan(Row(TableIndex.TypeDef, handle)), (uint)((type.Attributes & ~TypeAttributes.VisibilityMask) | visible));
    foreach (var methodHandle in type.GetMethods())
    {
        var method = metadata.GetMethodDefinition(methodHandle);
        if ((method.Attributes & MethodAttributes.MemberAccessMask) != MethodAttributes.Assembly)
            continue;
        // A method's flags follow its address (4 bytes) and implementation flags (2).
        BinaryPrimitives.WriteUInt16LittleEndian(
            image.AsSpan(Row(TableIndex.MethodDef, methodHandle) + 6), (ushort)((method.Attributes & ~MethodAttributes.MemberAccessMask) | MethodAttributes.Public));
    }
}
if (names.Count > 0)
{
    Console.Error.WriteLine($"error: {Path.GetFileName(args[0])} has no type {string.Join(", ", names)}.");
    return 1;
}
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[1]))!);
// An unchanged file keeps its date, so that the compiler does not run again.
if (!File.Exists(args[1]) || !File.ReadAllBytes(args[1]).AsSpan().SequenceEqual(image))
    File.WriteAllBytes(args[1], image);
return 0;

int Row(TableIndex table, EntityHandle handle) => assembly.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(table)
    + (metadata.GetTableRowSize(table) * (MetadataTokens.GetRowNumber(handle) - 1));

string FullName(TypeDefinition type) => type.IsNested
    ? $"{FullName(metadata.GetTypeDefinition(type.GetDeclaringType()))}+{metadata.GetString(type.Name)}"
    : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
