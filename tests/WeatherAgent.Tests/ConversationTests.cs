using AiObs.TestSupport;

namespace WeatherAgent.Tests;

/// <summary>Conversations that <c>--conversation</c> keeps from one run to the next.</summary>
public sealed class ConversationTests
{
    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData("--db", true)]
    [InlineData("--db", false)]
    [InlineData("--log", true)]
    public async Task SecondRun_GoesOnWhereTheFirstEnded(string keep, bool isStreaming)
    {
        using var directory = new TemporaryDirectory();
        string[] arguments = [keep, directory.File("kept.db"), "--conversation", "trip", .. isStreaming ? Array.Empty<string>() : ["--no-stream"]];

        var first = await WeatherCall.RunAsync([.. arguments, "--question", "What is the weather in Oslo?"]);
        var second = await WeatherCall.RunAsync([.. arguments, "--question", "And in Lisbon?", "--spans", directory.File("spans")]);

        Assert.Equal((0, "", 0, ""), (first.ExitCode, first.Error, second.ExitCode, second.Error));
        Assert.Contains("Conversation trip begins.", first.Output, StringComparison.Ordinal);
        Assert.Contains("Conversation trip goes on after 4 messages.", second.Output, StringComparison.Ordinal);
        var spans = WrittenSpan.ReadAll(directory.File("spans"));
        var asked = (string)spans.First(static span => Equals(span.Values["openinference.span.kind"], "LLM")).Values["input.value"]!;
        var said = new[] { "What is the weather in Oslo?", "Oslo has 4", "And in Lisbon?" }.Select(text => asked.IndexOf(text, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, said);
        Assert.Equal(said.Order(), said);
        Assert.Equal("converse", spans[^1].Name);
        Assert.Equal("trip", spans[^1].Values["session.id"]);
    }

    [Theory]
    [InlineData("--db says where", "--db", "x.db")]
    [InlineData("--db says where", "--db", "x.db", "--log", "y.db", "--conversation", "trip")]
    [InlineData("--conversation needs a chat client", "--conversation", "trip", "--provider", "openai-raw")]
    public async Task Arguments_ThatContradictEachOther_AreRefused(string problem, params string[] arguments)
    {
        var run = await WeatherCall.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }
}
