using System.Reflection;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>What a compiled project tells of its folders.</summary>
/// <param name="Name">The name of the project, which is that of its folder under src.</param>
/// <param name="Folders">The folders that hold types, seen from the project's own.</param>
/// <param name="References">What crosses from one folder to another.</param>
internal sealed record FolderLayersProject(
    string Name, IReadOnlySet<string> Folders, IReadOnlyList<FolderLayersReference> References)
{
    /// <summary>How the project's own folder is called.</summary>
    public const string Root = "(root)";

    public static FolderLayersProject Of(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        using var symbols = File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb"));

        // The compiler is told to write /_/ in place of the repository when it builds what is shipped.
        return Of(assembly, symbols, [$"{Repository.Root}/src/{name}/", $"/_/src/{name}/"]);
    }

    /// <summary>Reads an assembly with the symbols that tell where its types are written.</summary>
    public static FolderLayersProject Of(Assembly assembly, Stream symbols, IReadOnlyList<string> places)
    {
        using var sources = new FolderLayersSources(symbols, places);
        var reader = new FolderLayersReader(assembly, sources);

        return new(
            assembly.GetName().Name!,
            assembly.GetTypes().Select(sources.FolderOf).OfType<string>().ToHashSet(StringComparer.Ordinal),
            [.. reader.References().Distinct()]);
    }
}
