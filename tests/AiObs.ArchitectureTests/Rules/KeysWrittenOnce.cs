using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>An attribute key stands in its constant and in no other string, so that a renamed one changes in one place.</summary>
/// <remarks>Keys without a dot are everyday words and not looked for.</remarks>
internal static class KeysWrittenOnce
{
    public static IEnumerable<string> Violations(IEnumerable<TextFile> files, IReadOnlySet<string> keys) =>
        from literal in files.SelectMany(Literals)
        where literal.Text.Contains('.', StringComparison.Ordinal) && keys.Contains(literal.Text)
        group literal.Path by literal.Text into places
        where places.Count() > 1
        select $"\"{places.Key}\" is written {places.Count()} times: in {string.Join(", ", places.Distinct())}.";

    private static IEnumerable<(string Path, string Text)> Literals(TextFile file) =>
        from token in SourceTree.Of(file).DescendantTokens()
        where token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken)
        select (file.Path, token.ValueText);
}
