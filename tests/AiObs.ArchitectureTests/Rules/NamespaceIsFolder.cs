using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The namespace of a file under src is its folder, so that either one tells the other.</summary>
/// <remarks>
/// Extension methods stand in the namespace of the type they extend: files named <c>*Extensions.cs</c> are exempt. So are folders that are ours
/// alone: their types stand in the namespace that a user looks into.
/// </remarks>
internal static class NamespaceIsFolder
{
    private static readonly Dictionary<string, string> _ofFolders = new(StringComparer.Ordinal)
    {
        ["src/AiObs/Tracing/Data"] = "AiObs.Tracing",
    };

    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        where !file.Name.EndsWith("Extensions.cs", StringComparison.Ordinal)
        let expected = _ofFolders.GetValueOrDefault(file.Folder)
            ?? file.Folder.Replace("src/", "", StringComparison.Ordinal).Replace('/', '.')
        from declaration in SourceTree.Of(file).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        where declaration.Name.ToString() != expected
        select $"{file.Path} declares {declaration.Name}; its folder says {expected}.";
}
