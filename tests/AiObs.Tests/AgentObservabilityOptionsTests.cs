using System.Diagnostics;
using System.Reflection;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Tests;

public sealed class AgentObservabilityOptionsTests
{
    private const string Details = "gen_ai.client.inference.operation.details";

    [Fact]
    public void Options_EachOfThem_HasATestNamedAfterIt()
    {
        var options = typeof(AgentObservabilityOptions)
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false })
            .Select(member => member.Name);
        var tests = new[] { typeof(AgentObservabilityOptionsTests), typeof(BaggageTests), typeof(Metrics.RateLimitTests), typeof(Events.RecordedContextTests) }.SelectMany(static type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => method.Name.Split('_')[0]).ToHashSet();

        Assert.All(options, option => Assert.Contains(option, tests));
    }

    [Fact]
    public void Clone_EveryOption_IsCopied()
    {
        var options = new AgentObservabilityOptions
        {
            Enabled = false,
            SourceName = "other",
            Conventions = SpanConventions.GenAI,
            GenAIProfile = GenAIProfile.Latest,
            CaptureContent = ContentCapture.Events,
            Privacy = { HideInputs = true },
            EmitOperationDetails = true,
            RecordedAdditionalProperties = { "a" },
            MetricMetadataKeys = { "b" },
            RecordedMetadataKeys = { "c" },
            RecordTags = true,
            RecordAttempts = false,
            RecordRateLimits = true,
            SentBaggage = { "aiobs.tags" },
            ReceivedBaggage = { "aiobs.user_id" },
            CallbackTimeout = TimeSpan.FromSeconds(5),
            MapErrorType = _ => "c",
            Enrich = (_, _) => { },
        };
        options.AddConvention(new MarkingConvention());
        options.AddUsageReader(new TextUsageReader());
        var defaults = new AgentObservabilityOptions();
        var copy = options.Clone();

        Assert.All(typeof(AgentObservabilityOptions).GetProperties(), property =>
        {
            Assert.NotEqual(property.GetValue(defaults), property.GetValue(options));
            Assert.Equivalent(property.GetValue(options), property.GetValue(copy));
        });
        Assert.Equal(options.GetCustomConventions(), copy.GetCustomConventions());
        Assert.Equal(options.GetUsageReaders(), copy.GetUsageReaders());
        Assert.NotSame(options.Privacy, copy.Privacy);
        Assert.NotSame(options.RecordedAdditionalProperties, copy.RecordedAdditionalProperties);
        Assert.NotSame(options.MetricMetadataKeys, copy.MetricMetadataKeys);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Enabled_Set_DecidesWhetherAnythingIsObserved(bool enabled, int calls)
    {
        using var root = new ObservedRoot(o => o.Enabled = enabled);
        using var stub = new StubChatClient();

        await root.AskAsync(stub);

        Assert.Equal(calls, root.Spans.Spans.Count);
        Assert.Equal(calls, root.Metrics.Of("gen_ai.client.operation.duration").Count);
    }

    [Fact]
    public async Task SourceName_Set_NamesSourceAndMeter()
    {
        var name = $"acme-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(name);
        using var metrics = new MetricCollector(name);
        using var root = new ObservedRoot(o => o.SourceName = name);
        using var stub = new StubChatClient();

        await root.AskAsync(stub);

        Assert.Equal(name, spans.Only().Source.Name);
        Assert.Equal(name, metrics.Only("gen_ai.client.operation.duration").Instrument.Meter.Name);
    }

    [Fact]
    public async Task CallbackTimeout_CodeThatHangs_IsLeftBehind()
    {
        using var release = new ManualResetEventSlim();
        using var root = new ObservedRoot(o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.CallbackTimeout = TimeSpan.FromMilliseconds(50);
            o.Enrich = (_, _) => release.Wait();
            o.Privacy.RedactText = (_, _) =>
            {
                release.Wait();
                return "too late";
            };
        });
        using var stub = new StubChatClient();

        var response = await root.AskAsync(stub);

        Assert.Equal("Hello.", response.Text);
        var span = root.Spans.Only();
        Assert.Equal("__REDACTED__", span.GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal("__REDACTED__", span.GetTagItem("llm.output_messages.0.message.content"));
        Assert.Equal(2L, span.GetTagItem("aiobs.redaction.failed"));
        Assert.Equal(
            ["enricher", "redactor", "redactor"],
            root.Metrics.Of("aiobs.faults").Select(static fault => (string)fault.Tags["aiobs.part"]!).Order(StringComparer.Ordinal));
        release.Set();
    }

    [Theory]
    [InlineData(SpanConventions.None, false, false)]
    [InlineData(SpanConventions.GenAI, true, false)]
    [InlineData(SpanConventions.OpenInference, false, true)]
    [InlineData(SpanConventions.All, true, true)]
    public async Task Conventions_Set_DecideWhichKeysAreWritten(SpanConventions conventions, bool hasGenAI, bool hasOpenInference)
    {
        using var root = new ObservedRoot(o =>
        {
            o.Conventions = conventions;
            o.AddConvention(new MarkingConvention());
        });
        using var stub = new StubChatClient();

        await root.AskAsync(stub);

        var keys = root.Spans.Only().TagObjects.Select(tag => tag.Key).ToArray();
        Assert.Equal(hasGenAI, keys.Contains("gen_ai.operation.name"));
        Assert.Equal(hasOpenInference, keys.Contains("openinference.span.kind"));
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41, 5L, "gen_ai.client.operation.duration")]
    [InlineData(GenAIProfile.Latest, null, "gen_ai.client.inference.duration")]
    public async Task GenAIProfile_Set_DecidesOnKeysAndMetrics(GenAIProfile profile, long? cacheCreation, string metric)
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = profile);
        using var stub = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            Usage = new() { InputTokenCount = 9, AdditionalCounts = new() { ["CacheWriteTokens"] = 5 } },
        });

        await root.AskAsync(stub);

        Assert.Equal(cacheCreation, root.Spans.Only().GetTagItem("gen_ai.usage.cache_creation.input_tokens"));
        root.Metrics.Only(metric);
    }

    [Theory]
    [InlineData(ContentCapture.None, false, false)]
    [InlineData(ContentCapture.Spans, true, false)]
    [InlineData(ContentCapture.Events, false, true)]
    [InlineData(ContentCapture.All, true, true)]
    public async Task CaptureContent_Set_DecidesWhereContentStands(ContentCapture capture, bool onSpans, bool inEvents)
    {
        using var root = new ObservedRoot(o =>
        {
            o.CaptureContent = capture;
            o.EmitOperationDetails = true;
        });
        using var stub = new StubChatClient();

        await root.AskAsync(stub, text: "canary");

        var log = Assert.Single(root.Logs.GetSnapshot());
        Assert.Equal(onSpans, SpanText.Of(root.Spans.Only()).Contains("canary", StringComparison.Ordinal));
        Assert.Equal(inEvents, new CanaryScan("canary").Search([log]).Hits.Count > 0);
    }

    [Theory]
    [InlineData(ContentCapture.None, false, false)]
    [InlineData(ContentCapture.Spans, true, false)]
    [InlineData(ContentCapture.Events, false, true)]
    [InlineData(ContentCapture.All, true, true)]
    public async Task CaptureContent_CallFails_DecidesWhereTheMessageStands(ContentCapture capture, bool onSpans, bool inEvents)
    {
        using var root = new ObservedRoot(o => o.CaptureContent = capture);
        using var stub = StubChatClient.Throwing(new InvalidOperationException("canary"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(stub));

        var log = Assert.Single(root.Logs.GetSnapshot());
        Assert.Equal(onSpans ? "canary" : "System.InvalidOperationException", root.Spans.Only().StatusDescription);
        Assert.Equal(inEvents ? "canary" : null, log.GetStructuredStateValue("exception.message"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task EmitOperationDetails_Set_DecidesWhetherEachCallIsLogged(bool emit, int records)
    {
        using var root = new ObservedRoot(o => o.EmitOperationDetails = emit);
        using var stub = new StubChatClient();

        await root.AskAsync(stub);

        Assert.Equal(records, root.Logs.GetSnapshot().Count(log => log.Id.Name == Details));
    }

    [Fact]
    public async Task RecordedAdditionalProperties_Named_AreWrittenAndOthersAreNot()
    {
        using var root = new ObservedRoot(o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.RecordedAdditionalProperties.Add("tier");
        });
        using var stub = new StubChatClient();

        await root.AskAsync(stub, new() { AdditionalProperties = new() { ["tier"] = "gold", ["secret"] = "canary" } });

        var span = root.Spans.Only();
        Assert.Equal("gold", span.GetTagItem("aiobs.request.tier"));
        Assert.DoesNotContain("canary", SpanText.Of(span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetricMetadataKeys_Named_BecomeTagsAndOthersDoNot()
    {
        using var root = new ObservedRoot(o => o.MetricMetadataKeys.Add("tenant"));
        using var stub = new StubChatClient();

        using (AgentContext.Begin(metadata: [new("tenant", "acme"), new("ticket", "4711")]))
        {
            await root.AskAsync(stub);
        }

        var tags = root.Metrics.Only("gen_ai.client.operation.duration").Tags;
        Assert.Equal("acme", tags["tenant"]);
        Assert.DoesNotContain("ticket", tags.Keys);
    }

    [Theory]
    [InlineData(true, 2L)]
    [InlineData(false, null)]
    public async Task RecordAttempts_Set_DecidesWhetherAttemptsAreCounted(bool isOn, long? count)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        server.Enqueue(ModelReply.Fail(503), ModelReply.Say("Hello."));
        using var root = new ObservedRoot(o => o.RecordAttempts = isOn);
        using var stub = new StubChatClient
        {
            Metadata = new ChatClientMetadata("stub", server.BaseAddress, "stub-model"),
            OnResponse = async _ =>
            {
                using var http = new HttpClient { BaseAddress = server.BaseAddress };
                using var content = new StringContent("{}");
                using var refused = await http.PostAsync("/v1/responses", content, TestContext.Current.CancellationToken);
                using var answered = await http.PostAsync("/v1/responses", content, TestContext.Current.CancellationToken);
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."));
            },
        };

        await root.AskAsync(stub);

        Assert.Equal(count, root.Spans.Only().GetTagItem("aiobs.attempt.count"));
    }

    [Theory]
    [InlineData("quota", "quota")]
    [InlineData(null, "System.InvalidOperationException")]
    public async Task MapErrorType_Set_DecidesWhatAnErrorIsCalled(string? mapped, string expected)
    {
        using var root = new ObservedRoot(o => o.MapErrorType = _ => mapped);
        using var stub = StubChatClient.Throwing(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(stub));

        Assert.Equal(expected, root.Spans.Only().GetTagItem("error.type"));
        Assert.Equal(expected, root.Metrics.Only("gen_ai.client.operation.duration").Tags["error.type"]);
    }

    [Fact]
    public async Task MapErrorType_Throws_LeavesTheDefault()
    {
        using var root = new ObservedRoot(o => o.MapErrorType = _ => throw new FormatException());
        using var stub = StubChatClient.Throwing(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(stub));

        Assert.Equal("System.InvalidOperationException", root.Spans.Only().GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, root.Spans.Only().Status);
        Assert.Equal("error", root.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public async Task Enrich_Set_IsCalledOnceAfterTheConventions()
    {
        List<(object? FinishReason, AgentOperation Operation)> calls = [];
        using var root = new ObservedRoot(o => o.Enrich = (activity, operation) =>
        {
            calls.Add((activity.GetTagItem("llm.finish_reason"), operation));
            activity.SetTag("acme.team", "search");
        });
        using var stub = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hello.")) { FinishReason = ChatFinishReason.Stop });

        await root.AskAsync(stub);

        var (finishReason, operation) = Assert.Single(calls);
        Assert.Equal("stop", finishReason);
        Assert.Equal(OperationOutcome.Completed, operation.Outcome);
        Assert.Equal("search", root.Spans.Only().GetTagItem("acme.team"));
    }

    [Fact]
    public async Task Enrich_Throws_CostsNothingElse()
    {
        using var root = new ObservedRoot(o => o.Enrich = (_, _) => throw new FormatException());
        using var stub = new StubChatClient();

        var response = await root.AskAsync(stub);

        Assert.Equal("Hello.", response.Text);
        Assert.Equal("chat", root.Spans.Only().GetTagItem("gen_ai.operation.name"));
        Assert.Equal("enricher", root.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public async Task AddUsageReader_Called_AddsWhatTheObjectSaysToTheUsage()
    {
        using var root = new ObservedRoot(static o => o.AddUsageReader(new TextUsageReader()));
        using var stub = StubChatClient.Answering(new() { Usage = new() { InputTokenCount = 9, OutputTokenCount = 2 }, RawRepresentation = "4 cached" });

        await root.AskAsync(stub);

        Assert.Equal(4L, root.Spans.Only().GetTagItem("gen_ai.usage.cache_read.input_tokens"));
    }

    [Fact]
    public async Task AddConvention_Called_AddsItsKeysToTheOthers()
    {
        using var root = new ObservedRoot(o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.AddConvention(new MarkingConvention());
        });
        using var stub = new StubChatClient();

        await root.AskAsync(stub);

        var span = root.Spans.Only();
        Assert.Equal(["start", "result", "content"], span.TagObjects.Where(tag => tag.Key == "acme.phase").Select(tag => tag.Value));
        Assert.Equal("LLM", span.GetTagItem("openinference.span.kind"));
    }

    [Fact]
    public void AddConvention_Null_IsRefused() =>
        Assert.Throws<ArgumentNullException>(() => new AgentObservabilityOptions().AddConvention(null!));

    [Fact]
    public async Task Privacy_ChangedForOneClient_LeavesOthersAsTheyWere()
    {
        using var root = new ObservedRoot(o => o.CaptureContent = ContentCapture.Spans);
        using var stub = new StubChatClient();
        using var discreet = stub.UseAgentObservability(root.Root, o => o.Privacy.HideInputs = true);

        await discreet.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        await root.AskAsync(stub);

        Assert.Equal("__REDACTED__", root.Spans.Spans[0].GetTagItem("input.value"));
        Assert.Equal("Hi", root.Spans.Spans[1].GetTagItem("llm.input_messages.0.message.content"));
    }

    private sealed class MarkingConvention : ISpanConvention
    {
        public void Start(AgentOperation operation, ref TagList tags) => tags.Add("acme.phase", "start");

        public void WriteResult(Activity activity, AgentOperation operation) => activity.AddTag("acme.phase", "result");

        public void WriteContent(Activity activity, AgentOperation operation) => activity.AddTag("acme.phase", "content");
    }

    private sealed class TextUsageReader : IUsageReader
    {
        public bool TryRead(object raw, ref ReportedUsage usage)
        {
            usage.CacheRead = 4;
            return raw is string;
        }
    }
}
