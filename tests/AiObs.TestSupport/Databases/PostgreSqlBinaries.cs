using System.Globalization;

namespace AiObs.TestSupport.Databases;

/// <summary>Finds the programs of an installed PostgreSQL.</summary>
public static class PostgreSqlBinaries
{
    /// <summary>What to tell where there is none.</summary>
    public const string Missing = "No PostgreSQL is installed here: neither /usr/lib/postgresql/*/bin nor the PATH has initdb, pg_ctl and postgres.";

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    /// <summary>Returns the directory of the newest version, or null.</summary>
    public static string? Find() => InstalledVersions().Concat(PathDirectories()).FirstOrDefault(static directory => HasPrograms(directory));

    private static IEnumerable<string> InstalledVersions()
    {
        const string Root = "/usr/lib/postgresql";
        return Directory.Exists(Root)
            ? Directory.GetDirectories(Root).OrderByDescending(VersionOf).Select(static version => Path.Combine(version, "bin"))
            : [];
    }

    private static double VersionOf(string directory) =>
        double.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static string[] PathDirectories() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool HasPrograms(string directory) =>
        Array.TrueForAll(Programs, program => File.Exists(Path.Combine(directory, program)) || File.Exists(Path.Combine(directory, $"{program}.exe")));
}
