using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests;

public sealed class AiObsTracerProviderBuilderExtensionsTests
{
    private readonly string _source = $"tracing-{Guid.NewGuid():N}";

    [Fact]
    public async Task AddAgentObservability_NothingSet_SubscribesToTheDefaultSource()
    {
        using var exporter = new CollectingExporter();
        using var provider = Build(exporter);
        var model = $"model-{Guid.NewGuid():N}";

        await ObservedCall.MakeAsync(AgentObservabilityOptions.DefaultSourceName, new() { ModelId = model });

        Assert.Equal("AiObs", exporter.Only($"chat {model}").Source);
    }

    [Fact]
    public async Task AddAgentObservability_RootInServices_SubscribesToItsSource()
    {
        using var exporter = new CollectingExporter();
        using var provider = Build(exporter, services => services.AddAgentObservability(o => o.SourceName = _source));

        await ObservedCall.MakeAsync(_source);

        Assert.Equal(_source, Assert.Single(exporter.Spans).Source);
    }

    [Fact]
    public async Task AddAgentObservability_NameInConfigurationAlone_SubscribesToIt()
    {
        using var exporter = new CollectingExporter();
        using var provider = Build(exporter, services => Settings.AddTo(services, new() { ["AgentObservability:SourceName"] = _source }));

        await ObservedCall.MakeAsync(_source);

        Assert.Equal(_source, Assert.Single(exporter.Spans).Source);
    }

    [Fact]
    public async Task AddAgentObservability_FurtherNames_SubscribesToThemToo()
    {
        using var exporter = new CollectingExporter();
        using var provider = Build(
            exporter,
            services => Settings.AddTo(services, new() { ["AgentObservability:Tracing:SourceNames:0"] = $"{_source}.a" }),
            options => options.SourceNames.Add($"{_source}.b"));

        await ObservedCall.MakeAsync($"{_source}.a");
        await ObservedCall.MakeAsync($"{_source}.b");

        Assert.Equal([$"{_source}.a", $"{_source}.b"], SourcesOf(exporter));
    }

    [Fact]
    public async Task AddAgentObservability_CalledTwice_ExportsOnceAndAppliesBoth()
    {
        using var exporter = new CollectingExporter();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(options => options.SourceNames.Add($"{_source}.a"))
            .AddAgentObservability(options => options.SourceNames.Add($"{_source}.b"))
            .AddProcessor(new SimpleActivityExportProcessor(exporter))
            .Build();

        await ObservedCall.MakeAsync($"{_source}.a");
        await ObservedCall.MakeAsync($"{_source}.b");

        Assert.Equal([$"{_source}.a", $"{_source}.b"], SourcesOf(exporter));
    }

    [Fact]
    public async Task AddAgentObservability_OnBuilderOfHost_SubscribesToTheSourceOfItsServices()
    {
        using var exporter = new CollectingExporter();
        using var sdk = OpenTelemetrySdk.Create(builder =>
        {
            builder.Services.AddAgentObservability(o => o.SourceName = _source);
            builder.WithTracing(tracing => tracing.AddAgentObservability().AddProcessor(new SimpleActivityExportProcessor(exporter)));
        });

        await ObservedCall.MakeAsync(_source);

        Assert.Equal(_source, Assert.Single(exporter.Spans).Source);
    }

    [Fact]
    public async Task AddAgentObservability_RootsWithNamesInServices_SubscribesToTheSourceOfEach()
    {
        using var exporter = new CollectingExporter();
        using var provider = Build(exporter, services => services
            .AddAgentObservability($"{_source}.a")
            .AddAgentObservability($"{_source}.b", (root, _) => root.Configure(o => o.SourceName = $"{_source}.own")));

        await ObservedCall.MakeAsync($"AiObs.{_source}.a");
        await ObservedCall.MakeAsync($"{_source}.own");

        Assert.Equal([$"AiObs.{_source}.a", $"{_source}.own"], exporter.Spans.Select(span => span.Source));
    }

    [Fact]
    public void AddAgentObservability_WrongOptions_FailTheBuildAndSayHowToRight()
    {
        var builder = Sdk.CreateTracerProviderBuilder().AddAgentObservability(options =>
        {
            options.SourceNames.Add(" ");
            options.ModelSourceNames.Add("");
            options.DuplicateModelSpans = (DuplicateModelSpans)7;
        });

        var exception = Assert.Throws<OptionsValidationException>(builder.Build);

        Assert.Equal(
            [
                "AgentObservability:Tracing:SourceNames has an empty entry. Give the name of an activity source, or remove the entry.",
                "AgentObservability:Tracing:ModelSourceNames has an empty entry. Give the name of an activity source, or remove the entry.",
                "AgentObservability:Tracing:DuplicateModelSpans has the unknown value 7. Use Demote or Keep.",
            ],
            exception.Failures);
    }

    [Fact]
    public void AddAgentObservability_NullBuilder_IsRefused() =>
        Assert.Throws<ArgumentNullException>("builder", () => ((TracerProviderBuilder)null!).AddAgentObservability());

    [Fact]
    public void AddAgentObservability_ProviderDisposed_HearsOfForeignSourcesNoMore()
    {
        using var foreign = new ActivitySource(_source);
        var provider = Sdk.CreateTracerProviderBuilder().AddAgentObservability(options => options.ModelSourceNames.Add(_source)).Build();
        Assert.True(foreign.HasListeners());

        provider.Dispose();

        Assert.False(foreign.HasListeners());
    }

    /// <summary>The sources of this test: others in the process use the default one at the same time.</summary>
    private IEnumerable<string> SourcesOf(CollectingExporter exporter) =>
        exporter.Spans.Select(span => span.Source).Where(name => name.StartsWith(_source, StringComparison.Ordinal));

    private static TracerProvider Build(
        CollectingExporter exporter, Action<IServiceCollection>? services = null, Action<AgentTracingOptions>? configure = null) =>
        Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services ?? (_ => { }))
            .AddAgentObservability(configure)
            .AddProcessor(new SimpleActivityExportProcessor(exporter))
            .Build();
}
