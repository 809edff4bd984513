using System.Linq.Expressions;
using Npgsql;

namespace ImageRec.VectorData.Tests.Support;

/// <summary>Turns filters over a record's fields into SQL, of the forms that providers take; refuses all others.</summary>
internal static class PostgresFilter
{
    public static string Sql(LambdaExpression filter, NpgsqlParameterCollection parameters) => Sql(filter.Body, parameters);

    private static string Sql(Expression expression, NpgsqlParameterCollection parameters) => expression switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => $"({Sql(both.Left, parameters)} AND {Sql(both.Right, parameters)})",
        BinaryExpression { NodeType: ExpressionType.OrElse } either =>
            $"({Sql(either.Left, parameters)} OR {Sql(either.Right, parameters)})",
        BinaryExpression compare => $"{Column(compare.Left)} {Operator(compare.NodeType)} {Constant(compare.Right, parameters)}",
        _ => throw new NotSupportedException($"{expression} is not supported."),
    };

    public static string Column(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Column(convert.Operand),
        MethodCallExpression { Method.Name: "get_Item", Arguments: [ConstantExpression { Value: string name }] } => $"\"{name}\"",
        _ => throw new NotSupportedException($"{expression} is not supported."),
    };

    private static string Constant(Expression expression, NpgsqlParameterCollection parameters)
    {
        if (expression is not ConstantExpression { Value: { } value })
            throw new NotSupportedException($"{expression} is not supported.");
        parameters.Add(new NpgsqlParameter { Value = value });
        return $"${parameters.Count}";
    }

    private static string Operator(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "=",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        _ => throw new NotSupportedException($"{type} is not supported."),
    };
}
