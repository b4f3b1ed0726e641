using System.Reflection;

namespace AiObs.ArchitectureTests;

/// <summary>The repository that these tests were built in.</summary>
internal static class Repository
{
    private static readonly string[] IgnoredFolders = [".git", "artifacts", "bin", "obj", "node_modules", "TestResults"];

    /// <summary>The top folder, found upwards from the test assembly: a deterministic build hides the source paths.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The libraries under src that an application references.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Order(StringComparer.Ordinal)
            .Select(Assembly.Load),
    ];

    /// <summary>All files with one of the given endings, under one of the given folders or files of the repository.</summary>
    public static IReadOnlyList<TextFile> Files(string ending, params string[] places) =>
    [
        .. places
            .SelectMany(place => Paths(Path.Combine(Root, place)))
            .Where(path => path.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new TextFile(Relative(path), File.ReadAllText(path))),
    ];

    /// <summary>The paths of all files, relative to the root, with forward slashes.</summary>
    public static IReadOnlySet<string> AllPaths() => Paths(Root).Select(Relative).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Paths(string place) => File.Exists(place)
        ? [place]
        : Directory.Exists(place)
            ? Directory.GetFiles(place).Concat(Directory.GetDirectories(place).Where(IsOurs).SelectMany(Paths))
            : [];

    private static bool IsOurs(string folder) => !IgnoredFolders.Contains(Path.GetFileName(folder));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "AiObs.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("AiObs.sln stands in no folder above the tests."));
}
