using System.Diagnostics;
using AiObs.Libraries.Tests.OpenAI;
using Microsoft.SemanticKernel;

namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>The events in which the kernel writes messages on its own spans.</summary>
public sealed class EventTests : LibraryTest
{
    [Fact]
    public async Task Event_ReadBeforeItIsMasked_StaysAsItWasRead()
    {
        var read = await ReadAsync();

        Assert.NotEmpty(read);
        Assert.All(read, item => Assert.Equal(item.Tags, item.Event.Tags));
    }

    /// <summary>Reads the events as a listener does that hears of the end of a span before the bridge.</summary>
    private static async Task<IReadOnlyList<(ActivityEvent Event, KeyValuePair<string, object?>[] Tags)>> ReadAsync()
    {
        List<(ActivityEvent Event, KeyValuePair<string, object?>[] Tags)> read = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.SemanticKernel.Diagnostics",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => read.AddRange(span.Events.Select(item => (item, item.Tags.ToArray()))),
        };
        ActivitySource.AddActivityListener(listener);
        await using var run = new LibraryRun(ContentMode.Masked);
        var server = await run.ServeAsync(Weather.Reply);
        var builder = Kernel.CreateBuilder();
        builder.AddOpenAIChatCompletion(Weather.Model, Sdk.Connect(server));

        await KernelCalls.AskAsync(builder.Build(), CallStyle.Plain, Token);

        return read;
    }
}
