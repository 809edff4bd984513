using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>
/// Refuses query parameters that an endpoint does not know, so that a misspelled filter never returns unfiltered results, and single values
/// given twice.
/// </summary>
/// <param name="others">Names that the app's own code reads.</param>
internal sealed class QueryRules(ISet<string> others)
{
    /// <exception cref="Problem">A parameter cannot be used.</exception>
    public void Check(HttpContext http)
    {
        var query = http.Request.Query;
        if (query.Count == 0 || http.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<AnyQuery>() is not null)
            return;
        var declared = metadata.OfType<QueryParameter>().ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        var filters = metadata.GetMetadata<AttributeFilters>()?.Names ?? [];
        foreach (var (name, values) in query)
        {
            if (declared.TryGetValue(name, out var parameter))
            {
                if (!parameter.Repeats && values.Count > 1)
                    throw Problem.GivenTwice(parameter.Name, values.Count);
            }
            else if (!filters.Contains(name, StringComparer.OrdinalIgnoreCase) && !others.Contains(name))
            {
                throw Problem.UnknownParameter(name, [.. declared.Values.Select(p => p.Name), .. filters]);
            }
        }
    }
}
