using System.Globalization;
using System.Reflection;

namespace AiObs.Storage.Schema;

/// <summary>Reads the steps that a provider's assembly brings as <c>Migrations/NNNN_name.sql</c>.</summary>
internal static class EmbeddedMigrations
{
    private const string Folder = "Migrations/";
    private const int VersionLength = 4;

    /// <summary>Returns the steps in the order of their versions.</summary>
    public static IReadOnlyList<Migration> Of(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name)),
    ];

    private static Migration Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var version = int.Parse(name.AsSpan(Folder.Length, VersionLength), CultureInfo.InvariantCulture);
        return new Migration(version, reader.ReadToEnd());
    }
}
