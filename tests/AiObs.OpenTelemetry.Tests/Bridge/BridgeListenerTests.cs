using System.Diagnostics;
using AiObs.TestSupport;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

[Collection(KnownSources.Name)]
public sealed class BridgeListenerTests
{
    private const string Chat = "Microsoft.SemanticKernel.Diagnostics";
    private static readonly KeyValuePair<string, object?> IsChat = new("gen_ai.operation.name", "chat");

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Stopped_AnyExporterInAnyOrder_SeesTheTranslatedSpan(bool isBatch, bool isExporterFirst)
    {
        using var scene = new BridgeScene(
            processor: exporter => isBatch ? new BatchActivityExportProcessor(exporter) : new SimpleActivityExportProcessor(exporter),
            isExporterFirst: isExporterFirst);

        scene.Start(Chat, "chat m", ActivityKind.Client, IsChat, new("gen_ai.usage.input_tokens", 7)).Dispose();
        scene.Shutdown();

        var span = scene.Exporter.Only("chat m");
        Assert.Equal(("LLM", 7L), (span.Attributes["openinference.span.kind"], span.Attributes["llm.token_count.prompt"]));
    }

    public static TheoryData<string, string> Libraries => new()
    {
        { nameof(BridgedLibraries.SemanticKernel), "Microsoft.SemanticKernel.Diagnostics" },
        { nameof(BridgedLibraries.OpenAI), "OpenAI.ChatClient" },
        { nameof(BridgedLibraries.AzureAI), "Azure.AI.Inference.ChatCompletionsClient" },
        { nameof(BridgedLibraries.AzureAI), "Azure.AI.Agents.Persistent.PersistentAgentsClient" },
        { nameof(BridgedLibraries.ExtensionsAI), "Experimental.Microsoft.Extensions.AI" },
        { nameof(BridgedLibraries.AgentFramework), "Experimental.Microsoft.Agents.AI" },
        { nameof(BridgedLibraries.AgentFramework), "Microsoft.Agents.AI.Workflows" },
        { nameof(BridgedLibraries.Anthropic), "com.anthropic.sdk.csharp" },
        { nameof(BridgedLibraries.ModelContextProtocol), "Experimental.ModelContextProtocol" },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void AddAgentObservability_EachLibrary_IsSubscribedToUnlessItIsSwitchedOff(string library, string source)
    {
        using var on = new BridgeScene();
        Assert.Equal("LLM", on.Emit(source, "chat m", ActivityKind.Client, IsChat).Attributes["openinference.span.kind"]);
        on.Dispose();
        using var off = new BridgeScene(tracing: options => typeof(BridgedLibraries).GetProperty(library)!.SetValue(options.Libraries, false));

        Assert.Null(off.SourceOf(source).StartActivity("chat m"));
    }

    [Fact]
    public void Stopped_LibrarySwitchedOffAndSubscribedToByTheApplication_IsLeftAlone()
    {
        using var scene = new BridgeScene(tracing: options => options.Libraries.SemanticKernel = false, provider: builder => builder.AddSource(Chat));

        var span = scene.Emit(Chat, "chat m", ActivityKind.Client, IsChat);

        SpanAssert.Attributes(new() { ["gen_ai.operation.name"] = "chat" }, span.Attributes);
        Assert.Empty(scene.Told.Started);
    }

    [Theory]
    [InlineData("my-app.llm", "my-app.llm")]
    [InlineData("my-app.*", "My-App.llm")]
    public void Stopped_FurtherSource_IsTranslated(string pattern, string source)
    {
        using var scene = new BridgeScene(tracing: options => options.ModelSourceNames.Add(pattern));

        Assert.Equal("LLM", scene.Emit(source, "chat m", ActivityKind.Client, IsChat).Attributes["openinference.span.kind"]);
    }

    [Fact]
    public void Libraries_InConfiguration_AreSwitchedOff()
    {
        using var exporter = new CollectingExporter();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => Settings.AddTo(services, new() { ["AgentObservability:Tracing:Libraries:SemanticKernel"] = "false" }))
            .AddAgentObservability()
            .AddProcessor(new SimpleActivityExportProcessor(exporter))
            .Build();
        using var kernel = new ActivitySource(Chat);
        using var openAI = new ActivitySource("OpenAI.ChatClient");

        Assert.Null(kernel.StartActivity("chat m"));
        Assert.NotNull(openAI.StartActivity("chat m"));
    }

    [Fact]
    public void AgentTotals_InConfiguration_StopsTheBuildAndNamesTheNewOption()
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => Settings.AddTo(services, new() { ["AgentObservability:Tracing:AgentTotals"] = "Move" }))
            .AddAgentObservability();

        var thrown = Assert.Throws<OptionsValidationException>(() => builder.Build());

        Assert.Equal(
            "AgentObservability:Tracing:AgentTotals is no option any more. Write MoveAgentTotals: true where it was Move, false where it was Keep.",
            thrown.Message);
    }

    [Theory]
    [InlineData("AgentObservability:Tracing:ForeignContent", "DuplicateModelSpans is Demote or Keep; ForeignContent is FollowPrivacy, Keep or Remove; BridgedMetrics is Missing or All.")]
    [InlineData("AgentObservability:GenAIProfile", "CaptureContent is None, Spans, Events or All; Conventions is GenAI, OpenInference, All or None; GenAIProfile is V1_41 or Latest; lists of RedactionRules are separated by commas.")]
    public void Configuration_ValueThatCannotBeRead_SaysWhatIsAllowedAndNotTheValue(string key, string allowed)
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => Settings.AddTo(services, new() { [key] = "s3cret" }))
            .AddAgentObservability();

        var thrown = Assert.Throws<InvalidOperationException>(() => builder.Build());

        Assert.Equal($"{key} has a value that cannot be read. Flags are true or false; {allowed}", thrown.Message);
        Assert.DoesNotContain("s3cret", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_UnsampledSpan_IsNobodysBusiness()
    {
        using var scene = new BridgeScene(provider: builder => builder.SetSampler(new AlwaysOffSampler()));
        scene.Start(Chat, "chat m", ActivityKind.Client, IsChat).Dispose();

        Assert.Empty(scene.Told.Started);
    }

    [Fact]
    public void Stopped_TwoProviders_TellTheFirstRootAlone()
    {
        using var first = new BridgeScene();
        using var second = new BridgeScene();

        var span = second.Emit(Chat, "chat m", ActivityKind.Client, IsChat);

        Assert.Equal((1, 0), (first.Told.Completed.Count, second.Told.Completed.Count));
        Assert.Equal("LLM", span.Attributes["openinference.span.kind"]);
    }

    [Fact]
    public void Stopped_RootSwitchedOff_LeavesTheSpanAlone()
    {
        using var scene = new BridgeScene();
        scene.Root.Enabled = false;

        var span = scene.Emit(Chat, "chat m", ActivityKind.Client, IsChat);

        SpanAssert.Attributes(new() { ["gen_ai.operation.name"] = "chat" }, span.Attributes);
    }

    [Theory]
    [InlineData("System.Net.Http")]
    [InlineData("unknown")]
    public void StopAndStart_SourceThatIsNoneOfOurBusiness_CostsNothing(string name)
    {
        using var subscribed = Sdk.CreateTracerProviderBuilder().AddSource(name).Build();
        using var source = new ActivitySource(name);
        Emit();
        var bytesAlone = AllocationMeter.BytesPerRun(Emit);
        using var scene = new BridgeScene();
        using var later = new ActivitySource(name);

        var bytes = AllocationMeter.BytesPerRun(Emit);

        Assert.Equal(bytesAlone, bytes);

        void Emit() => source.StartActivity("GET")!.SetTag("http.request.method", "GET").Dispose();
    }

    [Fact]
    public void StopAndStart_SpanOfALibraryThatIsNoGenAiSpan_CostsNothing()
    {
        using var subscribed = Sdk.CreateTracerProviderBuilder().AddSource(Chat).Build();
        using var source = new ActivitySource(Chat);
        var bytesAlone = AllocationMeter.BytesPerRun(Emit);
        using var scene = new BridgeScene(processor: _ => new SilentProcessor());

        Assert.Equal(bytesAlone, AllocationMeter.BytesPerRun(Emit));

        void Emit() => source.StartActivity("planning")!.SetTag("sk.step", "1").Dispose();
    }

    private sealed class SilentProcessor : BaseProcessor<Activity>;
}
