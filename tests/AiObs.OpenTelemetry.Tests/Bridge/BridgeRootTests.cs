using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

[Collection(KnownSources.Name)]
public sealed class BridgeRootTests
{
    private const string Source = "Microsoft.SemanticKernel.Diagnostics";

    [Fact]
    public void Stopped_RootInServices_OwnsTheSpan()
    {
        using var exporter = new CollectingExporter();
        using var sdk = OpenTelemetrySdk.Create(builder =>
        {
            builder.Services.AddAgentObservability(options => options.Conventions = SpanConventions.GenAI);
            builder.WithTracing(tracing => tracing.AddAgentObservability().AddProcessor(new SimpleActivityExportProcessor(exporter)));
        });

        Emit();

        Assert.Equal("openai", Assert.Single(exporter.Spans).Attributes["gen_ai.provider.name"]);
        Assert.DoesNotContain("openinference.span.kind", Assert.Single(exporter.Spans).Attributes);
    }

    [Fact]
    public void Stopped_NoRootInServices_FollowsTheConfiguration()
    {
        using var exporter = new CollectingExporter();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => Settings.AddTo(services, new() { ["AgentObservability:Conventions"] = "OpenInference" }))
            .AddAgentObservability()
            .AddProcessor(new SimpleActivityExportProcessor(exporter))
            .Build();

        Emit();

        Assert.Equal("LLM", Assert.Single(exporter.Spans).Attributes["openinference.span.kind"]);
        Assert.DoesNotContain("gen_ai.provider.name", Assert.Single(exporter.Spans).Attributes);
    }

    [Fact]
    public void Stopped_RootGiven_OwnsTheSpanWhateverIsInServices()
    {
        using var root = AgentObservability.Create(builder => builder.AddCostTracking());
        using var provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddAgentObservability(options => options.Enabled = false))
            .AddAgentObservability(root)
            .Build();

        Emit();

        Assert.Equal(1, root.Costs!.Accumulator.Total.CallCount);
    }

    [Fact]
    public void Stopped_RootThatCannotBeMade_LeavesSpansAsTheyAre()
    {
        using var exporter = new CollectingExporter();
        using var sdk = OpenTelemetrySdk.Create(builder =>
        {
            builder.Services.AddAgentObservability();
            builder.Services.AddSingleton<AgentObservability>(_ => throw new InvalidOperationException("broken"));
            builder.WithTracing(tracing => tracing.AddAgentObservability().AddProcessor(new SimpleActivityExportProcessor(exporter)));
        });

        Emit();

        Assert.DoesNotContain("openinference.span.kind", Assert.Single(exporter.Spans).Attributes);
    }

    [Fact]
    public void AddAgentObservability_NullRoot_IsRefused() => Assert.Throws<ArgumentNullException>(
        "observability", () => Sdk.CreateTracerProviderBuilder().AddAgentObservability((AgentObservability)null!));

    private static void Emit()
    {
        using var source = new ActivitySource(Source);
        using var span = source.StartActivity("chat gpt-4o", ActivityKind.Client)!;
        span.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.system", "openai").SetTag("gen_ai.request.model", "gpt-4o");
        span.SetTag("gen_ai.usage.input_tokens", 10).SetTag("gen_ai.usage.output_tokens", 10);
    }
}
