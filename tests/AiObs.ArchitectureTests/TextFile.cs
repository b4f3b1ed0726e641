namespace AiObs.ArchitectureTests;

/// <summary>A file that a rule reads; made up in the rules' own tests.</summary>
/// <param name="Path">The path from the top of the repository, with forward slashes.</param>
/// <param name="Text">The content.</param>
internal sealed record TextFile(string Path, string Text)
{
    /// <summary>The lines, whatever the line ending.</summary>
    public string[] Lines => Text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The folder, empty at the top.</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    /// <summary>The name without its folder.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
