using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

public sealed class CountedOnceTests : IDisposable
{
    private readonly ActivitySource _own = new($"own-{Guid.NewGuid():N}");
    private readonly ActivitySource _foreign = new($"foreign-{Guid.NewGuid():N}");
    private readonly CollectingExporter _exporter = new();

    public void Dispose()
    {
        _own.Dispose();
        _foreign.Dispose();
        _exporter.Dispose();
    }

    [Theory]
    [InlineData(ExportProcessorType.Simple, true)]
    [InlineData(ExportProcessorType.Simple, false)]
    [InlineData(ExportProcessorType.Batch, true)]
    [InlineData(ExportProcessorType.Batch, false)]
    public void Stopped_InsideOwnModelSpan_IsDemotedBeforeAnyExporterSeesIt(ExportProcessorType type, bool isExporterFirst)
    {
        using var provider = Build(type, isExporterFirst);

        using (_own.StartActivity("chat m", ActivityKind.Client))
        using (var inner = StartModelCall("inner"))
        {
            inner.SetTag("openinference.span.kind", "LLM");
            inner.SetTag("gen_ai.usage.output_tokens", 3L);
            inner.SetTag("gen_ai.usage.cache_write.input_tokens", 1L);
            inner.SetTag("llm.token_count.prompt", 7L);
            inner.SetTag("llm.cost.total", 0.1);
            inner.SetTag("gen_ai.response.model", "m-1");
        }

        // Unlike a flush this waits for what the exporter is in the middle of.
        provider.Shutdown();
        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.response.model"] = "m-1",
                ["openinference.span.kind"] = "CHAIN",
            },
            _exporter.Only("inner").Attributes);
    }

    [Theory]
    [InlineData("chat", true)]
    [InlineData("text_completion", true)]
    [InlineData("generate_content", true)]
    [InlineData("embeddings", true)]
    [InlineData("execute_tool", false)]
    [InlineData("invoke_agent", false)]
    public void Stopped_EachOperationInsideOwnModelSpan_IsDemotedIfItCallsAModel(string operation, bool isDemoted)
    {
        using var provider = Build();

        using (_own.StartActivity("chat m", ActivityKind.Client))
        {
            StartModelCall("inner", operation).Dispose();
        }

        Assert.Equal(isDemoted, IsDemoted("inner"));
    }

    [Fact]
    public void Stopped_LayersOfForeignSpansInsideOwnModelSpan_AreAllDemoted()
    {
        using var provider = Build();

        using (_own.StartActivity("chat m", ActivityKind.Client))
        using (StartModelCall("middle"))
        using (_foreign.StartActivity("POST"))
        {
            StartModelCall("inner").Dispose();
        }

        Assert.Equal((true, true), (IsDemoted("middle"), IsDemoted("inner")));
    }

    [Fact]
    public void Stopped_ToolOfOursInBetween_IsAnotherCallAndStays()
    {
        using var provider = Build();

        using (_own.StartActivity("chat m", ActivityKind.Client))
        using (_own.StartActivity("execute_tool search"))
        {
            StartModelCall("inner").Dispose();
        }

        Assert.False(IsDemoted("inner"));
    }

    [Fact]
    public void Stopped_ForeignAgentInBetween_IsAnotherCallAndStays()
    {
        using var provider = Build();

        using (_own.StartActivity("chat m", ActivityKind.Client))
        using (StartModelCall("agent", "invoke_agent"))
        {
            StartModelCall("inner").Dispose();
        }

        Assert.False(IsDemoted("inner"));
    }

    [Fact]
    public void Stopped_LayersOfOthersOutsideOfOurSpans_LeaveTheCallToTheInnermost()
    {
        using var provider = Build();

        using (StartModelCall("outer"))
        using (StartModelCall("middle"))
        {
            StartModelCall("inner").Dispose();
        }

        Assert.Equal((true, true, false), (IsDemoted("outer"), IsDemoted("middle"), IsDemoted("inner")));
        Assert.Equal("LLM", _exporter.Only("inner").Attributes["openinference.span.kind"]);
    }

    [Fact]
    public void Stopped_ToolOfOthersInBetween_IsTwoCalls()
    {
        using var provider = Build();

        using (StartModelCall("outer"))
        using (StartModelCall("tool", "execute_tool"))
        {
            StartModelCall("inner").Dispose();
        }

        Assert.Equal((false, false), (IsDemoted("outer"), IsDemoted("inner")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopped_AroundOurModelSpan_IsDemoted(bool isStreaming)
    {
        using var provider = Build();
        using var stub = StubChatClient.Scripted(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
        });
        using var client = stub.UseAgentObservability(o => o.SourceName = _own.Name);

        using (StartModelCall("outer").SetTag("gen_ai.request.model", "another"))
        {
            if (isStreaming)
            {
                await client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
                    .ToChatResponseAsync(TestContext.Current.CancellationToken);
            }
            else
            {
                await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
            }
        }

        Assert.True(IsDemoted("outer"));
        Assert.Equal(7L, _exporter.Only("chat stub-model").Attributes["llm.token_count.prompt"]);
    }

    [Fact]
    public async Task Stopped_InsideAStreamOfOurs_IsDemoted()
    {
        using var provider = Build();
        using var stub = ObservedCall.CreateStub();
        stub.OnStream = _ => Updates();
        using var client = stub.UseAgentObservability(o => o.SourceName = _own.Name);

        await client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.True(IsDemoted("inner"));

        async IAsyncEnumerable<ChatResponseUpdate> Updates()
        {
            using (StartModelCall("inner"))
            {
                await Task.Yield();
                yield return new ChatResponseUpdate(ChatRole.Assistant, "Hello.");
            }
        }
    }

    [Fact]
    public async Task Stopped_InsideACallOfOursThatNobodyTraces_IsDemoted()
    {
        using var provider = Build();
        using var stub = ObservedCall.CreateStub();
        stub.OnResponse = _ =>
        {
            StartModelCall("inner").Dispose();

            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")));
        };
        await using var root = AgentObservability.Create(
            builder => builder.Configure(o => o.SourceName = $"unheard-{Guid.NewGuid():N}").AddCostTracking());
        using var client = stub.UseCostTracking(root);

        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(IsDemoted("inner"));
        Assert.Equal(1, root.Costs!.Accumulator.Total.CallCount);
    }

    [Theory]
    [InlineData("search", "search", true)]
    [InlineData("Web-search", "search", true)]
    [InlineData("research", "search", false)]
    [InlineData("other", "search", false)]
    public void Stopped_ToolInsideATool_IsALayerOfItIfItIsTheSame(string outer, string inner, bool isLayer)
    {
        using var provider = Build();

        using (StartModelCall("outer", "execute_tool").SetTag("gen_ai.tool.name", outer))
        {
            StartModelCall("inner", "execute_tool").SetTag("gen_ai.tool.name", inner).Dispose();
        }

        Assert.Equal(isLayer ? "CHAIN" : "TOOL", _exporter.Only("inner").Attributes["openinference.span.kind"]);
        Assert.Equal("TOOL", _exporter.Only("outer").Attributes["openinference.span.kind"]);
    }

    [Fact]
    public void Stopped_ALayerFailed_SaysSoToo()
    {
        using var provider = Build();

        using (var outer = StartModelCall("outer"))
        {
            StartModelCall("inner").SetTag("error.type", "500").SetStatus(ActivityStatusCode.Error).Dispose();
            outer.SetTag("error.type", "500").SetStatus(ActivityStatusCode.Error);
        }

        Assert.Equal("500", _exporter.Only("outer").Attributes["error.type"]);
    }

    [Fact]
    public void Stopped_OptionKeep_Stays()
    {
        using var provider = Build(configure: options => options.DuplicateModelSpans = DuplicateModelSpans.Keep);

        using (_own.StartActivity("chat m", ActivityKind.Client))
        {
            StartModelCall("inner").Dispose();
        }

        Assert.False(IsDemoted("inner"));
    }

    [Fact]
    public async Task Stopped_InsideForeignSpanThatWeEnriched_IsDemotedAndTheEnrichedOneStays()
    {
        using var provider = Build();
        using var stub = ObservedCall.CreateStub();
        stub.OnResponse = _ =>
        {
            StartModelCall("inner").Dispose();

            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")));
        };
        using var client = stub.UseAgentObservability(o => o.SourceName = _own.Name);

        using (StartModelCall("outer").SetTag("gen_ai.request.model", "stub-model"))
        {
            await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal((true, false), (IsDemoted("inner"), IsDemoted("outer")));
        Assert.Equal("LLM", _exporter.Only("outer").Attributes["openinference.span.kind"]);
    }

    [Fact]
    public async Task Stopped_InsideForeignToolSpanThatWeEnriched_IsAnotherCallAndStays()
    {
        using var provider = Build();
        await using var observability = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = _own.Name));
        var tool = AIFunctionFactory.Create(() => StartModelCall("inner").Dispose(), "search").Observed(observability);

        using (_own.StartActivity("chat m", ActivityKind.Client))
        using (StartModelCall("execute_tool search", "execute_tool").SetTag("gen_ai.tool.name", "search"))
        {
            await tool.InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.False(IsDemoted("inner"));
        Assert.Equal("TOOL", _exporter.Only("execute_tool search").Attributes["openinference.span.kind"]);
    }

    [Fact]
    public void HasListeners_SourceOfNoModelLibrary_IsLeftAlone()
    {
        using var provider = Build();
        using var unrelated = new ActivitySource($"unrelated-{Guid.NewGuid():N}");

        Assert.False(unrelated.HasListeners());
    }

    private TracerProvider Build(
        ExportProcessorType type = ExportProcessorType.Simple, bool isExporterFirst = false, Action<AgentTracingOptions>? configure = null)
    {
        BaseProcessor<Activity> processor = type == ExportProcessorType.Simple
            ? new SimpleActivityExportProcessor(_exporter)
            : new BatchActivityExportProcessor(_exporter);
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(_foreign.Name);
        if (isExporterFirst)
        {
            builder.AddProcessor(processor);
        }

        builder.AddAgentObservability(options =>
        {
            options.SourceNames.Add(_own.Name);
            options.ModelSourceNames.Add(_foreign.Name[..^1] + "*");
            configure?.Invoke(options);
        });
        if (!isExporterFirst)
        {
            builder.AddProcessor(processor);
        }

        return builder.Build();
    }

    private Activity StartModelCall(string name, string operation = "chat", ActivitySource? source = null)
    {
        var span = (source ?? _foreign).StartActivity(name, ActivityKind.Client)!;
        span.SetTag("gen_ai.operation.name", operation);
        span.SetTag("gen_ai.usage.input_tokens", 7L);

        return span;
    }

    private bool IsDemoted(string name)
    {
        var attributes = _exporter.Only(name).Attributes;
        var isChain = attributes.TryGetValue("openinference.span.kind", out var kind) && kind is "CHAIN";
        Assert.NotEqual(isChain, attributes.ContainsKey("gen_ai.usage.input_tokens"));

        return isChain;
    }
}
