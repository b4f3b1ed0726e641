using System.Diagnostics;
using AiObs.OpenTelemetry.Sampling;
using AiObs.OpenTelemetry.Tests.Backends;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>How the sampler is set: by exporters of ours, in front of any other, and wrongly.</summary>
public sealed class KeepInterestingOptionsTests : ExporterTest
{
    public static TheoryData<string, Action<KeepInterestingOptions>> Wrong => new()
    {
        { "Ratio is -0.1. Give a part of 1, such as 0.05 for 5 %.", o => o.Ratio = -0.1 },
        { "Ratio is 5. Give a part of 1, such as 0.05 for 5 %.", o => o.Ratio = 5 },
        { "Ratio is NaN. Give a part of 1, such as 0.05 for 5 %.", o => o.Ratio = double.NaN },
        { "SlowerThan is 00:00:00. Give a time above zero, or none.", o => o.SlowerThan = TimeSpan.Zero },
        { "CostlierThan is -1. Give an amount in USD from 0 up, or none.", o => o.CostlierThan = -1 },
        { "MaxWait is 00:00:00. Give a time between a millisecond and a day.", o => o.MaxWait = TimeSpan.Zero },
        { "MaxTraces is 0. Give a number from 1 to 1,000,000.", o => o.MaxTraces = 0 },
        { "MaxSpansPerTrace is 1000001. Give a number from 1 to 1,000,000.", o => o.MaxSpansPerTrace = 1_000_001 },
        { "MaxSpans is 0. Give a number from 1 to 10,000,000.", o => o.MaxSpans = 0 },
        { "RememberedTraces is -1. Give a number from 1 to 1,000,000.", o => o.RememberedTraces = -1 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Build_WrongOption_FailsAndSaysHowToRight(string expected, Action<KeepInterestingOptions> configure)
    {
        using var exporter = new CollectingExporter();
        var own = CreateBuilder().AddKeepInteresting(exporter, configure);
        var preset = CreateBuilder().AddPhoenixExporter(options => configure(options.KeepInteresting = new()));

        Assert.Equal(
            [$"AgentObservability:KeepInteresting:{expected}"],
            Assert.Throws<OptionsValidationException>(own.Build).Failures);
        Assert.Equal(
            [$"AgentObservability:Exporters:Phoenix:KeepInteresting:{expected}"],
            Assert.Throws<OptionsValidationException>(preset.Build).Failures);
    }

    [Fact]
    public void New_WrongArguments_AreRefused()
    {
        using var processor = new SimpleActivityExportProcessor(new CollectingExporter());

        Assert.Throws<ArgumentNullException>("processor", () => new KeepInterestingProcessor(null!, new()));
        Assert.Throws<OptionsValidationException>(() => new KeepInterestingProcessor(processor, new() { Ratio = 2 }));
        Assert.Throws<ArgumentNullException>("builder", () => ((TracerProviderBuilder)null!).AddKeepInteresting(_ => processor));
        Assert.Throws<ArgumentNullException>("exporter", () => CreateBuilder().AddKeepInteresting((BaseExporter<Activity>)null!));
        Assert.Throws<ArgumentNullException>(
            "createProcessor", () => CreateBuilder().AddKeepInteresting((Func<IServiceProvider, BaseProcessor<Activity>>)null!));
    }

    [Fact]
    public async Task Preset_RatioInItsSection_SendsInterestingTracesAlone()
    {
        using var metrics = new MetricCollector(Source);
        var builder = CreateBuilder(new()
        {
            ["AgentObservability:Exporters:Phoenix:Endpoint"] = Receiver.Endpoint.ToString(),
            ["AgentObservability:Exporters:Phoenix:KeepInteresting:Ratio"] = "0",
        }).AddPhoenixExporter();

        await ExportAsync(builder, async () =>
        {
            await ObservedCall.MakeAsync(Source);
            using var source = new ActivitySource(Source);
            source.StartActivity("failed")!.SetStatus(ActivityStatusCode.Error).Dispose();
        });

        var span = OnlySpan();
        Assert.Equal(("failed", "error", 1.0), (span.Name, span.Attributes["aiobs.sampling.reason"], span.Attributes["aiobs.sampling.ratio"]));
        Assert.Equal(1L, metrics.Only("aiobs.spans.sampled_out").Value);
    }

    [Fact]
    public async Task Preset_TwoExporters_EachKeepsWhatItWasTold()
    {
        await using var second = await TestSupport.Otlp.OtlpReceiver.StartAsync(TestToken);

        await ExportOneAsync(CreateBuilder()
            .AddPhoenixExporter(options => (options.Endpoint, options.KeepInteresting) = (Receiver.Endpoint, new() { Ratio = 0 }))
            .AddOtlpBackend(OtlpBackend.Generic, options => options.Endpoint = second.Endpoint));

        Assert.Empty(Receiver.Spans);
        Assert.DoesNotContain("aiobs.sampling.reason", Assert.Single(second.Spans).Attributes);
    }

    [Fact]
    public async Task AddKeepInteresting_SectionAndCode_CodeWins()
    {
        using var exporter = new CollectingExporter();
        using (CreateBuilder(new() { ["AgentObservability:KeepInteresting:Ratio"] = "0", ["AgentObservability:KeepInteresting:CostlierThan"] = "0.5" })
            .AddKeepInteresting(_ => new SimpleActivityExportProcessor(exporter), options =>
            {
                Assert.Equal((0, 0.5m), (options.Ratio, options.CostlierThan));
                options.Ratio = 1;
            })
            .Build())
        {
            await ObservedCall.MakeAsync(Source);
        }

        Assert.Equal("ratio", Assert.Single(exporter.Spans).Attributes["aiobs.sampling.reason"]);
    }

    [Fact]
    public async Task AddKeepInteresting_ClockInServices_IsUsed()
    {
        var clock = new TestClock();
        using var exporter = new CollectingExporter();
        using var provider = CreateBuilder()
            .ConfigureServices(services => services.AddSingleton<TimeProvider>(clock))
            .AddKeepInteresting(_ => new SimpleActivityExportProcessor(exporter), options => (options.Ratio, options.MaxWait) = (1, TimeSpan.FromHours(1)))
            .Build();
        using var source = new ActivitySource(Source);
        using var root = source.StartActivity("root");
        await ObservedCall.MakeAsync(Source);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("chat stub-model", Assert.Single(exporter.Spans).Name);
    }
}
