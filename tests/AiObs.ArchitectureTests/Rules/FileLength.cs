namespace AiObs.ArchitectureTests.Rules;

/// <summary>No file is longer than anybody wants to read.</summary>
internal static class FileLength
{
    public const int Limit = 400;

    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        let count = file.Lines.Length
        where count > Limit
        select $"{file.Path} has {count} lines; {Limit} are allowed.";
}
