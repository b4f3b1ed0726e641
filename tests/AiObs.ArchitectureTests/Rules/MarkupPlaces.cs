using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Markup of the dashboard stands in what <c>HtmlWriter.Write</c> is given and nowhere else, so that no value can become any; and nothing in it runs or is styled in place.</summary>
internal static partial class MarkupPlaces
{
    /// <summary>What writes markup itself.</summary>
    private const string Writer = "/Html/";

    private static readonly string[] OtherWays = ["MarkupString", "HtmlString", "IHtmlContent", "RenderFragment"];

    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        from token in SourceTree.Of(file).DescendantTokens()
        from problem in Problems(file, token)
        select $"{file.Path}: {problem}: {token.Text.Trim()}";

    private static IEnumerable<string> Problems(TextFile file, SyntaxToken token)
    {
        if (token.IsKind(SyntaxKind.IdentifierToken))
        {
            if (OtherWays.Contains(token.ValueText))
            {
                yield return "another way to write markup";
            }

            if (token.ValueText is "Markup" && !IsWriter(file))
            {
                yield return "only the writer takes markup";
            }
        }
        else if (IsText(token))
        {
            if (Tag().IsMatch(token.ValueText) && !IsWriter(file) && !IsWritten(token))
            {
                yield return "markup that HtmlWriter.Write is not given";
            }

            if (InPlace().IsMatch(token.ValueText))
            {
                yield return "a style or a script in place";
            }
        }
    }

    private static bool IsWriter(TextFile file) => file.Path.Contains(Writer, StringComparison.Ordinal);

    private static bool IsText(SyntaxToken token) => token.Kind()
        is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken;

    /// <summary>Tells whether a text is a literal part of the interpolated string that a method with the name Write is given.</summary>
    private static bool IsWritten(SyntaxToken token) =>
        token.Parent is InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } }
        && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Write" };

    [GeneratedRegex("<[a-zA-Z/!]")]
    private static partial Regex Tag();

    [GeneratedRegex("""\s(on[a-z]+|style|srcdoc)=["{]""")]
    private static partial Regex InPlace();
}
