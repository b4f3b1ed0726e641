namespace AiObs.Pictures;

/// <summary>Finds the folder of a source file, whose path a deterministic build hides.</summary>
internal static class SourceFolder
{
    private const string Tests = "/tests/";

    public static string Of(string compiledPath)
    {
        var path = compiledPath.Replace('\\', '/');
        if (File.Exists(path))
        {
            return Path.GetDirectoryName(path)!;
        }

        var inRepository = path[(path.LastIndexOf(Tests, StringComparison.Ordinal) + 1)..];

        return Path.GetDirectoryName(Path.Combine(Repository(AppContext.BaseDirectory), inRepository))!;
    }

    private static string Repository(string folder) => File.Exists(Path.Combine(folder, "AiObs.sln"))
        ? folder
        : Repository(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("AiObs.sln stands in no folder above the tests."));
}
