using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>
/// A call of which everything is known is exact; hide any one fact that its price depends on, or say one that its price is not known for, and it is not. By whatever door
/// the call comes: answered at once, streamed, or recorded by hand.
/// </summary>
public sealed class HiddenFactProperty
{
    private static readonly HiddenFactSeller[] Sellers =
    [
        new("openai", "https://api.openai.com/v1", "gpt-5", "gpt-5-of-tomorrow"),
        new("openai", "https://api.openai.com/v1", "gpt-4o", "gpt-4o-of-tomorrow"),
        new("anthropic", "https://api.anthropic.com", "claude-sonnet-4-5", "claude-sonnet-4-5-of-tomorrow"),
        new("anthropic", "https://api.anthropic.com", "claude-opus-4-6", "claude-opus-4-6-of-tomorrow"),
        new("openai", "https://generativelanguage.googleapis.com/v1beta/openai/", "gemini-2.5-pro", "gemini-2.5-pro-of-tomorrow"),
        new("openai", "https://api.x.ai/v1", "grok-4", "grok-4-of-tomorrow"),
        new("openai", "https://openrouter.ai/api/v1", "anthropic/claude-sonnet-4.5", "anthropic/claude-of-tomorrow"),
    ];

    private static readonly HiddenFact[] Facts =
    [
        new("nothing", static _ => { }, static _ => false),
        new("tier of the answer", static call => call.Said["service_tier"] = "nobody knows"),
        new("tier that was asked for", static call => call.Asked["service_tier"] = "nobody knows"),
        new("tier in the SDK's object", static call => call.Raw.ServiceTier = "nobody knows"),
        new("batch", static call => call.Said["service_tier"] = "batch", static seller => seller.Model is "grok-4" or "anthropic/claude-sonnet-4.5"),
        new("speed of the answer", static call => call.Said["speed"] = "nobody knows"),
        new("speed that was asked for", static call => call.Asked["speed"] = "nobody knows") { IsOfARequest = true },
        new("speed in the SDK's object", static call => call.Raw.Speed = "nobody knows"),
        new("place of the answer", static call => call.Said["inference_geo"] = "us", static seller => seller.Model == "claude-sonnet-4-5" || seller.IsOpenAI),
        new("place in the SDK's object", static call => call.Raw.Region = "us", static seller => seller.Model == "claude-sonnet-4-5" || seller.IsOpenAI),
        new("host", static call => call.Address = "https://gw.corp.example/v1"),
        new("host of a region", static call => call.Address = call.Address.Replace("api.openai", "eu.api.openai", StringComparison.Ordinal), static seller => seller.IsOpenAI),
        new("name", static call => call.Model = call.Seller.Alike),
        new("base of a fine-tuned model", static call => call.Model = $"ft:{call.Model}:acme::abc"),
        new("lifetime of cache writes", static call => call.Counts.Remove("ephemeral_5m_input_tokens"), static seller => seller.IsAnthropic),
        new("lifetime of some cache writes", static call => call.HideLifetimeOfSome(), static seller => seller.IsAnthropic),
        new("writes of an hour", static call => call.WriteForAnHour(), static seller => !seller.IsAnthropic),
        new("audio that was sent", static call => call.Counts["input_audio_tokens"] = 1),
        new("audio of the answer", static call => call.Counts["output_audio_tokens"] = 1),
        new("audio in the SDK's object", static call => call.Raw.InputAudio = 1),
        new("images that were sent", static call => call.Counts["input_image_tokens"] = 1),
        new("images of the answer", static call => call.Counts["output_image_tokens"] = 1),
        new("video that was sent", static call => call.Counts["input_video_tokens"] = 1),
        new("video of the answer", static call => call.Counts["output_video_tokens"] = 1),
        new("code that was run", static call => call.Counts["code_executions"] = 1),
        new("code in the SDK's object", static call => call.Raw.CodeExecutions = 1),
        new("images that a tool made", static call => call.Raw.ImageGenerations = 1),
        new("searches", static call => call.Counts["web_searches"] = 1, static seller => !seller.IsOpenAI && !seller.IsAnthropic),
        new("searches of files", static call => call.Raw.StorageSearches = 1, static seller => !seller.IsOpenAI),
        new("code that the answer shows", static call => call.Shown.Add(new CodeInterpreterToolCallContent("t1"))),
        new("result of code that the answer shows", static call => call.Shown.Add(new CodeInterpreterToolResultContent("t1"))),
        new("image that the answer shows", static call => call.Shown.Add(new ImageGenerationToolCallContent("t1"))),
        new("search that the answer shows", static call => call.Shown.Add(Search), static seller => !seller.IsOpenAI && !seller.IsAnthropic),
        new("search that names no query", static call => call.Shown.Add(new WebSearchToolCallContent("t1"))),
        new("tool without a class of its own", static call => call.Shown.Add(new ToolCallContent("t1"))),
        new("call of an MCP server", static call => call.Shown.Add(new McpServerToolCallContent("t1", "look", "files")), static _ => false),
        new("call of a function", static call => call.Shown.Add(new FunctionCallContent("t1", "look")), static _ => false),
        new("code of which the object says other totals", static call => call.SayOf(static (ref raw) => raw.CodeExecutions = 1)),
        new("images of which the object says other totals", static call => call.SayOf(static (ref raw) => raw.ImageGenerations = 1)),
        new("searches of which the object says other totals", static call => call.SayOf(static (ref raw) => raw.WebSearches = 1), static seller => !seller.IsOpenAI && !seller.IsAnthropic),
        new("rounds of another model", static call => call.Counts["other_rounds"] = 1),
        new("citations", static call => call.Counts["output_citation_tokens"] = 1),
        new("cached tokens that are more than all", static call => call.Usage.CachedInputTokenCount = call.Usage.InputTokenCount + 1, static seller => !seller.IsAnthropic),
        new("more in the total", static call => call.Usage.TotalTokenCount += 50, static seller => !seller.LeavesThoughtsOut),
        new("total", static call => call.Usage.TotalTokenCount = null, static seller => seller.LeavesThoughtsOut),
        new("input", static call => (call.Usage.InputTokenCount, call.Usage.TotalTokenCount) = (null, null)),
        new("output", static call => (call.Usage.OutputTokenCount, call.Usage.TotalTokenCount) = (null, null)),
        new("all but the total", static call => (call.Usage.InputTokenCount, call.Usage.OutputTokenCount) = (null, null)),
        new("everything", static call => call.HasUsage = false),
    ];

    private static WebSearchToolCallContent Search => new("t1") { Queries = ["rain"] };

    /// <summary>How a call comes to be recorded.</summary>
    public enum Door
    {
        Plain,
        Streamed,
        ByHand,
    }

    [Fact]
    public void Record_OfACallThatHidesAFact_IsNotExact()
    {
        var calls =
            from input in Gen.Choose(10, 100_000)
            from output in Gen.Choose(1, 10_000)
            from written in Gen.Choose(2, 9)
            select (input, output, written);
        using var costs = new CostFixture(build: static builder => builder.Configure(static o => o.AddUsageReader(new BoxReader())));

        Fuzz.Check(
            calls,
            call =>
            {
                List<string> wrong =
                [
                    .. from seller in Sellers
                    from fact in Facts
                    from door in fact.IsOfARequest ? [Door.Plain, Door.Streamed] : Enum.GetValues<Door>()
                    let record = MakeAsync(costs, fact.HideIn(new(seller, call.input, call.output, call.written)), door).GetAwaiter().GetResult()
                    where record.Completeness == CostCompleteness.Exact == fact.IsNeededBy(seller)
                    select $"{fact.Name} of {seller.Model}, {door}: {record.Completeness}, {record.Receipt.Reason}",
                ];
                Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
            },
            cases: 5);
    }

    private static async Task<CostRecord> MakeAsync(CostFixture costs, HiddenFactCall call, Door door)
    {
        var response = call.Answer();
        if (door == Door.ByHand)
        {
            return await costs.Root.CostRecorder!.RecordAsync(response, call.Details(), TestContext.Current.CancellationToken);
        }

        using var client = StubChatClient.Answering(response);
        client.OnStream = _ => new StubUpdates([.. response.ToChatResponseUpdates(), new() { RawRepresentation = response.RawRepresentation }]);
        client.Metadata = new(call.Seller.Provider, new Uri(call.Address), call.Model);
        using var observed = client.UseAgentObservability(costs.Root);
        await Calls.MakeAsync(observed, door == Door.Streamed, new() { AdditionalProperties = call.Asked });
        var newest = new CostQuery { Order = PageOrder.NewestFirst, PageSize = 1 };
        return (await costs.Root.Costs!.Store.ListAsync(newest, TestContext.Current.CancellationToken)).Records.Single();
    }

    /// <summary>Something that the price of a call may depend on.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="Hide">Takes it from a call, or says something in its place that nobody knows the price of.</param>
    /// <param name="IsNeeded">Whose calls depend on it; all where it is <see langword="null"/>.</param>
    private sealed record HiddenFact(string Name, Action<HiddenFactCall> Hide, Func<HiddenFactSeller, bool>? IsNeeded = null)
    {
        /// <summary>Gets a value indicating whether nobody who records a call by hand can say it.</summary>
        public bool IsOfARequest { get; init; }

        public HiddenFactCall HideIn(HiddenFactCall call)
        {
            Hide(call);
            return call;
        }

        public bool IsNeededBy(HiddenFactSeller seller) => IsNeeded?.Invoke(seller) ?? true;
    }

    private sealed class BoxReader : IUsageReader
    {
        public bool TryRead(object raw, ref ReportedUsage usage)
        {
            usage = raw is HiddenFactCall call ? call.Raw : usage;
            return raw is HiddenFactCall;
        }
    }
}
