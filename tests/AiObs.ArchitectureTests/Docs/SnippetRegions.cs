using AiObs.ArchitectureTests.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Finds the pieces of compiled code that pages show: the bodies of <c>#region snippet:name</c>.</summary>
internal static class SnippetRegions
{
    private const string Prefix = "snippet:";

    /// <summary>The bodies of all regions by name: more than one where a name is used twice.</summary>
    public static ILookup<string, string> Of(IEnumerable<TextFile> files) =>
        (from file in files
         where file.Text.Contains(Prefix, StringComparison.Ordinal)
         from region in Regions(file)
         select region).ToLookup(region => region.Name, region => region.Body);

    private static IEnumerable<(string Name, string Body)> Regions(TextFile file) =>
        from trivia in SourceTree.Of(file).DescendantTrivia()
        where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
        let region = (RegionDirectiveTriviaSyntax)trivia.GetStructure()!
        let title = region.EndOfDirectiveToken.ToFullString().Trim()
        where title.StartsWith(Prefix, StringComparison.Ordinal)
        select (title[Prefix.Length..].Trim(), Body(file, region));

    private static string Body(TextFile file, RegionDirectiveTriviaSyntax region)
    {
        var end = region.GetRelatedDirectives().OfType<EndRegionDirectiveTriviaSyntax>().Single();

        return Indentation.Trim(file.Lines[(LineOf(region) + 1)..LineOf(end)]);
    }

    private static int LineOf(DirectiveTriviaSyntax directive) => directive.GetLocation().GetLineSpan().StartLinePosition.Line;
}
