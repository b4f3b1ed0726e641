using System.Net;
using System.Net.Sockets;
using AiObs.TestSupport;
using AiObs.TestSupport.Otlp;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class DeadBackendTests : ExporterTest
{
    [Fact]
    public async Task Export_NobodyListens_LeavesCallsAloneAndFlushReturns()
    {
        var gone = await OtlpReceiver.StartAsync(TestToken);
        var endpoint = gone.Endpoint;
        await gone.DisposeAsync();
        using var provider = CreateBuilder().AddPhoenixExporter(options => options.Endpoint = endpoint).Build();

        await ObservedCall.MakeAsync(Source);

        Assert.True(await Task.Run(() => provider.ForceFlush(), TestToken).WaitAsync(HangGuard.Limit, TestToken));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Export_BackendNeverAnswers_GivesUpAfterTheTimeoutAndGoesOn()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var provider = CreateBuilder().AddPhoenixExporter(options =>
        {
            options.Endpoint = new Uri($"http://{silent.LocalEndpoint}");
            (options.BatchSize, options.QueueCapacity) = (1, 1);
            options.Timeout = TimeSpan.FromMilliseconds(100);
        }).Build();
        var connections = AcceptTwoAsync(silent);

        // On a busy machine an export may be given up before it connects.
        while (!connections.IsCompleted)
        {
            await ObservedCall.MakeAsync(Source);
            await Task.Yield();
        }

        Assert.Equal(2, await connections);
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
        var builder = CreateBuilder().AddPhoenixExporter(
            options => (options.Endpoint, options.BatchSize, options.QueueCapacity) = (Receiver.Endpoint, 1, 1));

        await ExportAsync(builder, async () =>
        {
            await ObservedCall.MakeAsync(Source);
            await firstCame.Task.WaitAsync(TestToken);
            for (var call = 0; call < 5; call++)
            {
                await ObservedCall.MakeAsync(Source);
            }

            goOn.Set();
        });

        Assert.Equal(2, Receiver.Spans.Count);
    }

    /// <summary>Takes two connections, one after the other, and never answers on the first.</summary>
    private static async Task<int> AcceptTwoAsync(TcpListener listener)
    {
        using var first = await listener.AcceptTcpClientAsync(TestToken);
        using var second = await listener.AcceptTcpClientAsync(TestToken);

        return 2;
    }
}
