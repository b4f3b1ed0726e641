using System.Diagnostics;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
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

        provider.ForceFlush();
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
    public void Stopped_OutsideOfOurSpans_Stays()
    {
        using var provider = Build();

        using (StartModelCall("outer"))
        {
            StartModelCall("inner").Dispose();
        }

        Assert.Equal((false, false), (IsDemoted("outer"), IsDemoted("inner")));
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

    [Theory]
    [InlineData("com.anthropic.sdk.csharp")]
    [InlineData("OpenAI.ChatClient")]
    [InlineData("Experimental.Microsoft.Extensions.AI")]
    [InlineData("Experimental.Microsoft.Agents.AI")]
    [InlineData("Microsoft.SemanticKernel.Diagnostics")]
    [InlineData("Azure.AI.Inference.ChatCompletionsClient")]
    public void Stopped_KnownSource_IsDemotedWithoutBeingNamed(string name)
    {
        using var known = new ActivitySource(name);
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(options => options.SourceNames.Add(_own.Name))
            .AddSource(name)
            .AddProcessor(new SimpleActivityExportProcessor(_exporter))
            .Build();

        using (_own.StartActivity("chat m", ActivityKind.Client))
        {
            StartModelCall(_own.Name, source: known).Dispose();
        }

        Assert.True(IsDemoted(_own.Name));
    }

    [Fact]
    public void StartActivity_NobodyElseListens_CreatesNothing()
    {
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(options => options.ModelSourceNames.Add(_foreign.Name))
            .Build();
        Assert.True(_foreign.HasListeners());

        Assert.Null(_foreign.StartActivity("inner"));
    }

    [Fact]
    public void HasListeners_SourceOfNoModelLibrary_IsLeftAlone()
    {
        using var provider = Build();
        using var unrelated = new ActivitySource($"unrelated-{Guid.NewGuid():N}");

        Assert.False(unrelated.HasListeners());
    }

    [Fact]
    public void Stop_SpanThatIsNoDuplicate_AllocatesNothingMore()
    {
        using var somebodyElse = Sdk.CreateTracerProviderBuilder().AddSource(_foreign.Name).Build();
        var bytesAlone = AllocationMeter.BytesPerRun(() => StartModelCall("outer").Dispose());
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(options => options.ModelSourceNames.Add(_foreign.Name))
            .Build();

        var bytesWithListener = AllocationMeter.BytesPerRun(() => StartModelCall("outer").Dispose());

        Assert.Equal(bytesAlone, bytesWithListener);
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
