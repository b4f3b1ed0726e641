using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The namespace of a file under src is its folder, so that either one tells the other.</summary>
/// <remarks>
/// Extension methods stand in the namespace of the type they extend: files named <c>*Extensions.cs</c> are exempt. So are folders that are ours
/// alone, and public types of projects that a user looks into by one namespace.
/// </remarks>
internal static class NamespaceIsFolder
{
    private static readonly Dictionary<string, string> OfFolders = new(StringComparer.Ordinal)
    {
        ["src/AiObs/Options"] = "AiObs",
        ["src/AiObs.OpenTelemetry/Options"] = "AiObs.OpenTelemetry",
    };

    private static readonly string[] OfPublicTypes = ["AiObs.OpenTelemetry"];

    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        where !file.Name.EndsWith("Extensions.cs", StringComparison.Ordinal)
        from declaration in SourceTree.Of(file).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let expected = ExpectedOf(file, declaration)
        where declaration.Name.ToString() != expected
        select $"{file.Path} declares {declaration.Name}; its folder says {expected}.";

    private static string ExpectedOf(TextFile file, BaseNamespaceDeclarationSyntax declaration)
    {
        if (OfFolders.TryGetValue(file.Folder, out var expected))
        {
            return expected;
        }

        var isPublic = declaration.Members.OfType<BaseTypeDeclarationSyntax>().Any(static type => type.Modifiers.Any(SyntaxKind.PublicKeyword));
        return (isPublic ? OfPublicTypes.FirstOrDefault(project => file.Folder.StartsWith($"src/{project}/", StringComparison.Ordinal)) : null)
            ?? file.Folder.Replace("src/", "", StringComparison.Ordinal).Replace('/', '.');
    }
}
