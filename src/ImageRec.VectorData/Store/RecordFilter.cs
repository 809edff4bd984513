using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using ImageRec.Sharing.Stores;

namespace ImageRec.VectorData.Store;

/// <summary>Writes filters as expressions over a record's fields, such as <c>r => (double?)r["price"] &lt;= 20</c>.</summary>
internal static class RecordFilter
{
    private static readonly MethodInfo s_field = typeof(Dictionary<string, object?>).GetMethod("get_Item")!;

    public static Expression<Func<Dictionary<string, object?>, bool>> Of(AttributeFilter filter)
    {
        var record = Expression.Parameter(typeof(Dictionary<string, object?>), "r");
        return Expression.Lambda<Func<Dictionary<string, object?>, bool>>(Body(filter, record), record);
    }

    /// <summary>Matches records in which a text is this one.</summary>
    public static Expression<Func<Dictionary<string, object?>, bool>> TextIs(string field, string value)
    {
        var record = Expression.Parameter(typeof(Dictionary<string, object?>), "r");
        return Expression.Lambda<Func<Dictionary<string, object?>, bool>>(
            Expression.Equal(Field(record, field, typeof(string)), Expression.Constant(value)), record);
    }

    /// <summary>Matches records in which a whole number is at least this one.</summary>
    public static Expression<Func<Dictionary<string, object?>, bool>> AtLeast(string field, long value)
    {
        var record = Expression.Parameter(typeof(Dictionary<string, object?>), "r");
        return Expression.Lambda<Func<Dictionary<string, object?>, bool>>(
            Expression.GreaterThanOrEqual(Field(record, field, typeof(long)), Expression.Constant(value)), record);
    }

    /// <summary>Returns a field, by which records are ordered.</summary>
    public static Expression<Func<Dictionary<string, object?>, object?>> Order(string field)
    {
        var record = Expression.Parameter(typeof(Dictionary<string, object?>), "r");
        return Expression.Lambda<Func<Dictionary<string, object?>, object?>>(
            Expression.Call(record, s_field, Expression.Constant(field)), record);
    }

    private static Expression Body(AttributeFilter filter, ParameterExpression record) => filter switch
    {
        AttributeFilter.All all => all.Parts.Select(part => Body(part, record)).Aggregate(Expression.AndAlso),
        AttributeFilter.Any any => any.Parts.Select(part => Body(part, record)).Aggregate(Expression.OrElse),
        AttributeFilter.Compare compare => Compare(compare, record),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a kind of filter."),
    };

    private static BinaryExpression Compare(AttributeFilter.Compare compare, ParameterExpression record)
    {
        // What is null equals nothing, and is neither less nor greater.
        var (type, value) = compare.Value.ValueKind switch
        {
            JsonValueKind.Number => (typeof(double?), (object)compare.Value.GetDouble()),
            JsonValueKind.True or JsonValueKind.False => (typeof(bool?), compare.Value.GetBoolean()),
            _ => (typeof(string), compare.Value.GetString()!),
        };
        var (field, constant) = (Field(record, compare.Attribute, type), Expression.Constant(value, type));
        return compare.Is switch
        {
            Comparison.Less => Expression.LessThan(field, constant),
            Comparison.LessOrEqual => Expression.LessThanOrEqual(field, constant),
            Comparison.Greater => Expression.GreaterThan(field, constant),
            Comparison.GreaterOrEqual => Expression.GreaterThanOrEqual(field, constant),
            _ => Expression.Equal(field, constant),
        };
    }

    private static UnaryExpression Field(ParameterExpression record, string name, Type type) =>
        Expression.Convert(Expression.Call(record, s_field, Expression.Constant(name)), type);
}
