using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Redaction is told at which member of the metadata a text stands, however deep.</summary>
public sealed class MetadataPlaceTests
{
    private static readonly Dictionary<string, object?> Metadata = new()
    {
        ["plain"] = "p",
        ["customer"] = new Dictionary<string, object?> { ["address"] = new Dictionary<string, object?> { ["city"] = "c" }, ["age"] = 41 },
        ["orders"] = new Dictionary<string, object?> { ["ids"] = new object[] { "i", new Dictionary<string, object?> { ["note"] = "n" } } },
    };

    [Fact]
    public async Task NestedMetadata_EachText_IsRedactedUnderItsPath()
    {
        HashSet<(RedactionKind Kind, string? Key, string Text)> seen = [];
        using var root = new ObservedRoot(options => options.Privacy.RedactText = (place, text) =>
        {
            lock (seen)
            {
                seen.Add((place.Kind, place.Key, text));
            }

            return text;
        });

        await AskAsync(root);

        Assert.Equal(
            [
                (RedactionKind.Metadata, null, "customer"),
                (RedactionKind.Metadata, null, "orders"),
                (RedactionKind.Metadata, null, "plain"),
                (RedactionKind.Metadata, "customer", "address"),
                (RedactionKind.Metadata, "customer", "age"),
                (RedactionKind.Metadata, "customer.address", "city"),
                (RedactionKind.Metadata, "customer.address.city", "c"),
                (RedactionKind.Metadata, "customer.age", "41"),
                (RedactionKind.Metadata, "orders", "ids"),
                (RedactionKind.Metadata, "orders.ids", "i"),
                (RedactionKind.Metadata, "orders.ids", "note"),
                (RedactionKind.Metadata, "orders.ids.note", "n"),
                (RedactionKind.Metadata, "plain", "p"),
            ],
            seen.OrderBy(static place => place.Key, StringComparer.Ordinal).ThenBy(static place => place.Text, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("customer.address.city", """{"plain":"p","customer":{"address":{"city":"[GONE]"},"age":41},"orders":{"ids":["i",{"note":"n"}]}}""")]
    [InlineData("orders.ids", """{"plain":"p","customer":{"address":{"city":"c"},"age":41},"orders":{"ids":["[GONE]",{"[GONE]":"n"}]}}""")]
    [InlineData("orders.ids.note", """{"plain":"p","customer":{"address":{"city":"c"},"age":41},"orders":{"ids":["i",{"note":"[GONE]"}]}}""")]
    [InlineData("customer.age", """{"plain":"p","customer":{"address":{"city":"c"},"age":"[GONE]"},"orders":{"ids":["i",{"note":"n"}]}}""")]
    public async Task NestedMetadata_OnePathRedacted_LeavesTheOthers(string key, string expected)
    {
        using var root = new ObservedRoot(options => options.Privacy.RedactText = (place, text) => place.Key == key ? "[GONE]" : text);

        await AskAsync(root);

        Assert.Equal(expected, root.Spans.Only().GetTagItem("metadata"));
    }

    private static async Task AskAsync(ObservedRoot root)
    {
        using var context = AgentContext.Begin(metadata: Metadata);
        using var stub = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine")));
        await root.AskAsync(stub);
    }
}
