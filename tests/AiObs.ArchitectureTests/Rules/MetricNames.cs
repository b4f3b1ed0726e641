using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The metrics that the code creates, read from the calls of <c>Counter</c>, <c>Histogram</c> and <c>Gauge</c> on a meter.</summary>
/// <remarks>Each name is written whole, as a literal or a constant of its file, so that a search for it finds the place.</remarks>
internal static class MetricNames
{
    private static readonly string[] Creators = ["Counter", "Histogram", "Gauge"];

    /// <summary>Returns the names.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<TextFile> files) =>
        files.SelectMany(Names).Where(static name => name.Value is not null).Select(static name => name.Value!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the places where a name is put together.</summary>
    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        files.SelectMany(Names).Where(static name => name.Value is null).Select(static name => $"{name.Place} does not write the name of its metric whole.");

    private static IEnumerable<(string Place, string? Value)> Names(TextFile file)
    {
        var root = SourceTree.Of(file);
        return from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
               where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method, Expression: var receiver }
                   && Creators.Contains(method) && receiver.ToString().EndsWith("eter", StringComparison.Ordinal)
               let first = call.ArgumentList.Arguments[0].Expression
               select ($"{file.Path}: {first}", ValueOf(first, root));
    }

    private static string? ValueOf(ExpressionSyntax expression, SyntaxNode root) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        IdentifierNameSyntax name => (from constant in root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                                      where constant.Identifier.ValueText == name.Identifier.ValueText
                                      select constant.Initializer?.Value is LiteralExpressionSyntax { Token.Value: string text } ? text : null).FirstOrDefault(),
        _ => null,
    };
}
