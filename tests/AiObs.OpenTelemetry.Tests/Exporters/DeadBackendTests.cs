using System.Net;
using System.Net.Sockets;
using AiObs.TestSupport.Otlp;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Exporters;

public sealed class DeadBackendTests : ExporterTest
{
    /// <summary>Less than the 10 seconds that the exporter waits by default.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Export_NobodyListens_LeavesCallsAloneAndFlushReturns()
    {
        var gone = await OtlpReceiver.StartAsync(TestToken);
        var endpoint = gone.Endpoint;
        await gone.DisposeAsync();
        using var provider = CreateBuilder().AddPhoenixExporter(options => options.Endpoint = endpoint).Build();

        await ObservedCall.MakeAsync(Source);

        Assert.True(await Task.Run(() => provider.ForceFlush(), TestToken).WaitAsync(Patience, TestToken));
    }

    [Fact]
    public async Task Export_BackendNeverAnswers_GivesUpAfterTheTimeoutAndGoesOn()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var provider = CreateBuilder().AddPhoenixExporter(options =>
        {
            options.Endpoint = new Uri($"http://{silent.LocalEndpoint}");
            options.BatchSize = 1;
            options.Timeout = TimeSpan.FromMilliseconds(100);
        }).Build();

        await ObservedCall.MakeAsync(Source);
        await ObservedCall.MakeAsync(Source);

        using var first = await silent.AcceptTcpClientAsync(TestToken);
        using var second = await silent.AcceptTcpClientAsync(TestToken).AsTask().WaitAsync(Patience, TestToken);
    }

    [Fact]
    public async Task Export_QueueFull_DropsWhatDoesNotFit()
    {
        var firstCame = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        Receiver.Respond = _ =>
        {
            firstCame.TrySetResult();
            goOn.Wait(TestToken);

            return OtlpResponse.Accepted;
        };
        using (CreateBuilder().AddPhoenixExporter(options => (options.Endpoint, options.BatchSize, options.QueueCapacity) = (Receiver.Endpoint, 1, 1)).Build())
        {
            await ObservedCall.MakeAsync(Source);
            await firstCame.Task.WaitAsync(TestToken);
            for (var call = 0; call < 5; call++)
            {
                await ObservedCall.MakeAsync(Source);
            }

            goOn.Set();
        }

        Assert.Equal(2, Receiver.Spans.Count);
    }
}
