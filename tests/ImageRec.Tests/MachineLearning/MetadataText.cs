using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace ImageRec.Tests.MachineLearning;

/// <summary>Writes types of signatures as text, alike whichever assembly mentions them.</summary>
internal sealed class MetadataText : ISignatureTypeProvider<string, object?>
{
    public static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : Join(reader.GetString(type.Namespace), name);
    }

    public static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType().IsNil
            ? Join(reader.GetString(type.Namespace), name)
            : $"{NameOf(reader, type.GetDeclaringType())}+{name}";
    }

    /// <summary>Name and parameters of a method, or name and type of a field.</summary>
    public static string Method(string name, MethodSignature<string> signature)
    {
        var generic = signature.GenericParameterCount == 0 ? "" : $"<{signature.GenericParameterCount}>";
        return $"{name}{generic}({string.Join(", ", signature.ParameterTypes)}) -> {signature.ReturnType}";
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => Method("*", signature);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
