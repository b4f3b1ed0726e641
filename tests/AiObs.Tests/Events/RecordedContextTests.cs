using System.Text;
using System.Text.Json;
using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;

namespace AiObs.Tests.Events;

/// <summary>What of the context stands on events: what the options name, redacted, and nothing else.</summary>
public sealed class RecordedContextTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordedMetadataKeys_Chosen_StandOnEachKindOfEventWithTagsAndNothingElse()
    {
        await using var root = Root(static o =>
        {
            o.RecordedMetadataKeys.Add("tenant");
            o.RecordedMetadataKeys.Add("seats");
            o.RecordedMetadataKeys.Add("id");
            o.RecordedMetadataKeys.Add("missing");
            o.RecordTags = true;
        });
        var sink = root.AddSink();

        await RunAsync(root);

        Assert.Equal(
            ["message_sent", "response_received", "tool_called", "agent_handoff", "agent_completed", "feedback_given"],
            sink.Accepted.Select(static item => item.Type));
        Assert.All(sink.Accepted, static item =>
        {
            Assert.Equal(["beta", "night"], Assert.IsAssignableFrom<IEnumerable<string>>(item.Data["tags"]));
            Assert.Equal(
                [new("id", "6f9619ff-8b86-d011-b42d-00c04fc964ff"), new("seats", "7"), new("tenant", "acme")],
                Assert.IsAssignableFrom<IEnumerable<KeyValuePair<string, object?>>>(item.Data["metadata"]));
        });
        Assert.Equal("stub-model-1", sink.Accepted[1].Data["model"]);
        AssertNowhere("canary", sink);
    }

    [Fact]
    public async Task Event_NothingChosen_HasNeither()
    {
        await using var root = Root(static _ => { });
        var sink = root.AddSink();

        await RunAsync(root);

        Assert.Equal(6, sink.Accepted.Count);
        Assert.All(sink.Accepted, static item => Assert.False(item.Data.ContainsKey("tags") || item.Data.ContainsKey("metadata")));
        AssertNowhere("acme", sink);
    }

    [Fact]
    public async Task Event_WithRedaction_HasRedactedValuesOfBoundedLength()
    {
        await using var root = Root(static o =>
        {
            o.RecordedMetadataKeys.Add("owner");
            o.RecordedMetadataKeys.Add("long");
            o.RecordTags = true;
            o.Privacy.RedactionRules = RedactionRules.Email;
        });
        var sink = root.AddSink();

        using (AgentContext.Begin(tags: ["for ann@example.com"], metadata: [new("owner", "ann@example.com"), new("long", new string('x', 300))]))
        {
            await root.TrackAsync("noted");
        }

        var noted = await root.OnlyAsync(sink, "noted");
        var metadata = (IReadOnlyDictionary<string, object?>)noted.Data["metadata"]!;
        Assert.Equal(new string('x', 256), metadata["long"]);
        AssertNowhere("ann@example.com", sink);
        Assert.StartsWith("for ", Assert.Single((IEnumerable<string>)noted.Data["tags"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordedMetadataKeys_LongValueThatWouldBeCutInsideOfACharacter_LosesItWhole()
    {
        await using var root = Root(static o => o.RecordedMetadataKeys.Add("long"));
        var sink = root.AddSink();

        using (AgentContext.Begin(metadata: [new("long", new string('x', 255) + "😀")]))
        {
            await root.TrackAsync("noted");
        }

        var metadata = (IReadOnlyDictionary<string, object?>)(await root.OnlyAsync(sink, "noted")).Data["metadata"]!;
        Assert.Equal(new string('x', 255), metadata["long"]);
    }

    [Fact]
    public async Task RecordTags_OnAndAFactOfThatNameInAnEventOfTheApplication_KeepsIts()
    {
        await using var root = Root(static o => o.RecordTags = true);
        var sink = root.AddSink();

        using (AgentContext.Begin(tags: ["beta"]))
        {
            await root.Events.TrackAsync("noted", data: [new("tags", "mine")], cancellationToken: Token);
        }

        Assert.Equal([new("tags", "mine")], (await root.OnlyAsync(sink, "noted")).Data);
    }

    private static EventRoot Root(Action<AgentObservabilityOptions> configure) => new(builder => builder.Configure(configure));

    private static async Task RunAsync(EventRoot root)
    {
        using (AgentContext.Begin(
            tags: ["beta", "night"],
            metadata: [new("tenant", "acme"), new("seats", 7), new("id", Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff")), new("secret", "canary")]))
        {
            using (root.Root.Tracer.StartAgent("planner", new AgentStart { Input = "x" }))
            {
                await root.AskAsync(Calls.Answering);
                using (root.Root.Tracer.StartTool("search", new ToolStart { Arguments = "x" }))
                {
                }

                root.Root.Tracer.HandOff("planner", "billing");
            }

            await root.TrackAsync("feedback_given");
        }

        await root.Events.FlushAsync(Token);
    }

    private static string TextOf(AgentEvent item)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            AgentEventJson.Write(writer, item);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AssertNowhere(string text, StubEventSink sink) => Assert.DoesNotContain(
        text, string.Concat(sink.Accepted.Select(TextOf)), StringComparison.Ordinal);
}
