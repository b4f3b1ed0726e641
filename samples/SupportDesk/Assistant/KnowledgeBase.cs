using System.Text.RegularExpressions;
using AiObs;
using AiObs.Tracing;

namespace SupportDesk.Assistant;

/// <summary>Finds articles by the words in them. Each search leaves a RETRIEVER span, below the span of the tool that asked for it.</summary>
internal sealed partial class KnowledgeBase(AgentObservability observability)
{
    private const int MaxResults = 2;
    private const int ShortestWord = 4;

    private static readonly Article[] Articles =
    [
        new("delivery", "Delivery times", "Parcels within the country arrive in two days, abroad in five. Delivery is free for orders over $50."),
        new("returns", "Sending things back", "You may send anything back for 30 days, worn or not. The label for the parcel is in the box; return shipping costs nothing."),
        new("refunds", "Refunds", "A refund goes to the card or account that was charged, and takes three working days. Tell me the number of the order and I make it."),
        new("payment", "Ways to pay", "You can pay by card, bank transfer or invoice. An invoice is due after 14 days."),
        new("warranty", "Warranty", "Everything has a warranty of two years. We repair it, or replace it where it cannot be repaired."),
    ];

    /// <summary>Returns the articles that have most words in common with the query, the best first; none where they have no word in common.</summary>
    public IReadOnlyList<Article> Search(string query) => observability.Tracer.TraceRetriever<IReadOnlyList<Article>>(
        "help-articles",
        new RetrieverStart { Query = query, TopK = MaxResults },
        span =>
        {
            var words = WordsOf(query);
            var found = Articles
                .Select(article => (Article: article, Score: WordsOf($"{article.Title} {article.Text}").Count(words.Contains)))
                .Where(static hit => hit.Score > 0)
                .OrderByDescending(static hit => hit.Score)
                .Take(MaxResults)
                .ToList();
            span.SetResult(new RetrieverStop
            {
                Documents = [.. found.Select(static hit => new RetrievedDocument { Id = hit.Article.Id, Content = hit.Article.Text, Score = hit.Score })],
            });

            return [.. found.Select(static hit => hit.Article)];
        });

    private static HashSet<string> WordsOf(string text) =>
        [.. WordPattern().Matches(text).Select(static match => match.Value.ToUpperInvariant()).Where(static word => word.Length >= ShortestWord)];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex WordPattern();
}
