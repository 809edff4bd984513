using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImageRec.Sharing.Stores;

namespace ImageRec.Sharing.Filters;

/// <summary>
/// Turns a filter in code into one that a store applies. What a store would judge otherwise than code is left out, so that the store lets
/// through all that match and perhaps more; the filter in code judges what comes back.
/// </summary>
/// <param name="declared">What the store can filter by.</param>
/// <param name="options">How the items are written.</param>
internal sealed class FilterTranslator(DeclaredAttributes declared, JsonSerializerOptions options)
{
    // A store reads numbers as doubles.
    private const long LargestExact = 1L << 53;

    /// <returns>Null when the store cannot help.</returns>
    public AttributeFilter? Translate(LambdaExpression filter) => Translate(filter.Body, filter.Parameters[0]);

    private AttributeFilter? Translate(Expression expression, ParameterExpression item) => expression switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => And(Translate(both.Left, item), Translate(both.Right, item)),
        BinaryExpression { NodeType: ExpressionType.OrElse } either =>
            Translate(either.Left, item) is { } left && Translate(either.Right, item) is { } right
                ? new AttributeFilter.Any([left, right])
                : null,
        BinaryExpression comparison => Compare(comparison, item),
        UnaryExpression { NodeType: ExpressionType.Not, Operand: MemberExpression member } => Truth(member, item, false),
        MemberExpression member => Truth(member, item, true),
        _ => null,
    };

    private static AttributeFilter? And(AttributeFilter? left, AttributeFilter? right) =>
        left is null ? right : right is null ? left : new AttributeFilter.All([left, right]);

    private AttributeFilter.Compare? Truth(MemberExpression member, ParameterExpression item, bool wanted) =>
        member.Type == typeof(bool) && Property(member, item) is { } property ? Compare(property, Comparison.Equal, wanted) : null;

    private AttributeFilter.Compare? Compare(BinaryExpression comparison, ParameterExpression item)
    {
        if (KindOf(comparison.NodeType) is not { } kind)
            return null;
        if (Property(comparison.Left, item) is { } left && TryEvaluate(comparison.Right, item, out var right))
            return Compare(left, kind, right);
        return Property(comparison.Right, item) is { } swapped && TryEvaluate(comparison.Left, item, out var value)
            ? Compare(swapped, Mirror(kind), value)
            : null;
    }

    private AttributeFilter.Compare? Compare(JsonPropertyInfo property, Comparison kind, object? value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (value is null or double.NaN or float.NaN || property.CustomConverter is not null || property.NumberHandling is not null
            || value is double and (double.PositiveInfinity or double.NegativeInfinity)
            || value is float and (float.PositiveInfinity or float.NegativeInfinity)
            || MayBeLeftOut(property))
            return null;
        if (type.IsEnum && value.GetType() != type)
            value = Enum.ToObject(type, value);
        if (value.GetType() != type && !IsWholeNumber(type))
            return null;
        var written = JsonSerializer.SerializeToElement(value, options.GetTypeInfo(value.GetType()));
        return written.ValueKind switch
        {
            JsonValueKind.Number => new(property.Name, IsExact(type, value) ? kind : Loose(kind), written),
            JsonValueKind.True or JsonValueKind.False when kind == Comparison.Equal => new(property.Name, kind, written),
            JsonValueKind.String when kind == Comparison.Equal && IsPlain(written.GetString()!) =>
                new(property.Name, kind, Quoted(written.GetString()!)),
            _ => null,
        };
    }

    /// <summary>Returns the declared property that an expression reads; a conversion is allowed where it keeps every value.</summary>
    private JsonPropertyInfo? Property(Expression expression, ParameterExpression item) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert
            when Property(convert.Operand, item) is { } inner && Keeps(inner.PropertyType, convert.Type) => inner,
        MemberExpression member when member.Expression == item => declared.Of(member.Member),
        _ => null,
    };

    /// <summary>Returns whether some values, such as 0, are not written: the store would take them for none.</summary>
    private bool MayBeLeftOut(JsonPropertyInfo property) => property.ShouldSerialize is not null
        || (options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingDefault && property.PropertyType.IsValueType
            && Nullable.GetUnderlyingType(property.PropertyType) is null);

    private static bool Keeps(Type from, Type to)
    {
        (from, to) = (Nullable.GetUnderlyingType(from) ?? from, Nullable.GetUnderlyingType(to) ?? to);
        return from == to || from.IsEnum || (IsWholeNumber(from) && (IsWholeNumber(to) || to == typeof(double) || to == typeof(decimal)));
    }

    private static bool IsWholeNumber(Type type) => !type.IsEnum
        && Type.GetTypeCode(type) is TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32
            or TypeCode.UInt32 or TypeCode.Int64;

    // Different decimals, and different large whole numbers, may be one double.
    private static bool IsExact(Type type, object value) => type == typeof(double) || type == typeof(float) || type.IsEnum
        || (IsWholeNumber(type) && type != typeof(long) && value is not (double or decimal)
            && Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) is > -LargestExact and < LargestExact);

    private static Comparison Loose(Comparison kind) => kind switch
    {
        Comparison.Less => Comparison.LessOrEqual,
        Comparison.Greater => Comparison.GreaterOrEqual,
        _ => kind,
    };

    private static Comparison Mirror(Comparison kind) => kind switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => kind,
    };

    // "Not equal" is left out: an item without a value is not equal in code, and matches nothing in a store.
    private static Comparison? KindOf(ExpressionType type) => type switch
    {
        ExpressionType.Equal => Comparison.Equal,
        ExpressionType.LessThan => Comparison.Less,
        ExpressionType.LessThanOrEqual => Comparison.LessOrEqual,
        ExpressionType.GreaterThan => Comparison.Greater,
        ExpressionType.GreaterThanOrEqual => Comparison.GreaterOrEqual,
        _ => null,
    };

    // Stores differ in how they read escapes: text with any is judged in code alone.
    private static bool IsPlain(string text) => text.All(c => c >= ' ' && c is not ('"' or '\'' or '\\' or '\x7f') && !char.IsSurrogate(c)
        && c < '\x80');

    private static JsonElement Quoted(string text)
    {
        using var document = JsonDocument.Parse($"\"{text}\"");
        return document.RootElement.Clone();
    }

    private static bool TryEvaluate(Expression expression, ParameterExpression item, out object? value)
    {
        value = null;
        if (new ParameterSearch(item).IsIn(expression))
            return false;
        try
        {
            value = expression is ConstantExpression constant
                ? constant.Value
                : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();
            return true;
        }
        catch (Exception)
        {
            // Code may never come here, as behind "limit != null &&". Where it does, it says so itself.
            return false;
        }
    }

    private sealed class ParameterSearch(ParameterExpression item) : ExpressionVisitor
    {
        private bool _found;

        public bool IsIn(Expression expression)
        {
            Visit(expression);
            return _found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found |= node == item;
            return node;
        }
    }
}
