using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The namespace of a file under src is its folder, so that either one tells the other.</summary>
/// <remarks>Extension methods stand in the namespace of the type they extend: files named <c>*Extensions.cs</c> are exempt.</remarks>
internal static class NamespaceIsFolder
{
    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        where !file.Name.EndsWith("Extensions.cs", StringComparison.Ordinal)
        let expected = file.Folder.Replace("src/", "", StringComparison.Ordinal).Replace('/', '.')
        from declaration in SourceTree.Of(file).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        where declaration.Name.ToString() != expected
        select $"{file.Path} declares {declaration.Name}; its folder says {expected}.";
}
