using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The tags that the code puts on metrics: the keys that the files which measure add, or make pairs of, as constants of their own or of the conventions.</summary>
internal static class MetricTags
{
    private const string Metering = "System.Diagnostics.Metrics";

    /// <summary>Returns the keys.</summary>
    /// <param name="files">The sources; those count that use .NET's metrics.</param>
    /// <param name="keys">The constants of the conventions, by class and name, such as <c>GenAiAttributes.ToolName</c>.</param>
    /// <param name="measuring">The name of a further file that counts.</param>
    /// <param name="pairing">The name of a further file of which the pairs count alone.</param>
    public static IReadOnlySet<string> Of(IEnumerable<TextFile> files, IReadOnlyDictionary<string, string> keys, string? measuring = null, string? pairing = null) => files
        .SelectMany(file => Measures(file) || Path.GetFileName(file.Path) == measuring ? Keys(file, keys, IsAdded)
            : Path.GetFileName(file.Path) == pairing ? Keys(file, keys, IsInPair)
            : [])
        .ToHashSet(StringComparer.Ordinal);

    private static bool Measures(TextFile file) =>
        SourceTree.Of(file).DescendantNodes().OfType<UsingDirectiveSyntax>().Any(static line => line.Name?.ToString() == Metering);

    private static bool IsAdded(MemberAccessExpressionSyntax key) => IsInPair(key)
        || (key.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && NameOf(call).StartsWith("Add", StringComparison.Ordinal));

    private static bool IsInPair(MemberAccessExpressionSyntax key) => key.Parent is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax }
        || key.Parent is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression };

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    private static IEnumerable<string> Keys(TextFile file, IReadOnlyDictionary<string, string> keys, Func<MemberAccessExpressionSyntax, bool> counts)
    {
        var root = SourceTree.Of(file);
        var ofConventions = root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(counts)
            .Select(access => keys.GetValueOrDefault(access.ToString()))
            .OfType<string>();
        var ofItsOwn = from constant in root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                       where constant.Parent?.Parent is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)
                       where constant.Identifier.ValueText.EndsWith("Tag", StringComparison.Ordinal)
                       select (constant.Initializer?.Value as LiteralExpressionSyntax)?.Token.ValueText;
        return ofConventions.Concat(ofItsOwn.OfType<string>());
    }
}
