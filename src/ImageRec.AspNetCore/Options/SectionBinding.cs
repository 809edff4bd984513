using System.ComponentModel;
using System.Reflection;
using ImageRec.AspNetCore.Problems;
using Microsoft.Extensions.Configuration;

namespace ImageRec.AspNetCore.Options;

/// <summary>
/// Reads options from a section of the configuration. Keys that are no option and values that cannot be used are errors, not ignored.
/// </summary>
internal static class SectionBinding
{
    /// <summary>Sets the options that the section has; none when anything is wrong with it, which <see cref="Problems"/> reports.</summary>
    public static void Bind<TItem>(IConfigurationSection section, ImageRecOptions<TItem> options)
    {
        if (!Problems(section, typeof(ImageRecOptions<TItem>)).Any())
            section.Bind(options);
    }

    /// <summary>What is wrong with a section, one sentence for each key.</summary>
    /// <param name="section">The section.</param>
    /// <param name="type">The type of the options.</param>
    public static IEnumerable<string> Problems(IConfigurationSection section, Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (var child in section.GetChildren())
        {
            var property = Array.Find(properties, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            var problems = property switch
            {
                null => [$"There is no option '{child.Path}'.{Meant(child.Key, properties)}"],
                _ when IsScalar(property) => Scalar(child, property.PropertyType),
                _ when !IsKeyed(property) => [$"'{child.Path}' cannot be set in the configuration; set {property.Name} in code."],
                _ when !IsSection(child) => [$"'{child.Path}' is '{child.Value}'; it takes {Expected(property.PropertyType)}."],
                _ when property.PropertyType == typeof(UploadLimits) => Problems(child, property.PropertyType),
                _ => [],
            };
            foreach (var problem in problems)
                yield return problem;
        }
    }

    private static IEnumerable<string> Scalar(IConfigurationSection section, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (section.GetChildren().Any())
            yield return $"'{section.Path}' takes {Expected(wanted)}, not keys of its own.";
        else if (section.Value is { } text && !CanConvert(text, wanted))
            yield return $"'{section.Path}' is '{text}'; it takes {Expected(wanted)}.";
    }

    private static bool CanConvert(string text, Type type)
    {
        // A number alone would be read as days.
        if (type == typeof(TimeSpan) && !text.Contains(':', StringComparison.Ordinal))
            return false;
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Expected(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a time as hours:minutes:seconds, such as 00:01:30"
        : type == typeof(string) ? "a text"
        : type == typeof(UploadLimits) ? $"limits by name, such as {nameof(UploadLimits.MaxBytes)}"
        : type == typeof(ISet<string>) ? "a list of names"
        : "a whole number";

    private static string Meant(string key, PropertyInfo[] properties)
    {
        var names = properties.Where(p => IsScalar(p) || IsKeyed(p)).Select(p => p.Name);
        return KnownNames.Hint(key, [.. names.Order(StringComparer.Ordinal)]);
    }

    private static bool IsKeyed(PropertyInfo property) =>
        property.PropertyType == typeof(UploadLimits) || property.PropertyType == typeof(ISet<string>);

    private static bool IsScalar(PropertyInfo property) =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type
        && (type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(TimeSpan));

    private static bool IsSection(IConfigurationSection section) => section.Value is null || section.GetChildren().Any();
}
