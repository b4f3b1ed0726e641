using System.Globalization;
using System.Reflection;

namespace AiObs.Store.Sql;

/// <summary>Reads the steps that a provider's assembly brings as <c>Migrations/part/NNNN.sql</c>, numbered in each part in the order in which they landed.</summary>
internal static class EmbeddedMigrations
{
    /// <summary>Returns the steps of a part in the order of their versions.</summary>
    public static IReadOnlyList<Migration> Of(Assembly assembly, string part)
    {
        var folder = $"Migrations/{part}/";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name, int.Parse(name.AsSpan(folder.Length), CultureInfo.InvariantCulture))),
        ];
    }

    private static Migration Read(Assembly assembly, string name, int version)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return new Migration(version, reader.ReadToEnd());
    }
}
