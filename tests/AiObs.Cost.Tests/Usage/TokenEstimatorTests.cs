using System.Text.Json;
using AiObs.Cost.Usage;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Usage;

public sealed class TokenEstimatorTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("abcd", 1)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 11)]
    [InlineData("Das Übermaß schöner Grüße.", 7)]
    [InlineData("你好，世界。", 4)]
    [InlineData("こんにちは世界", 5)]
    [InlineData("안녕하세요", 4)]
    [InlineData("Привет, как дела?", 7)]
    [InlineData("🙂🙂🙂", 4)]
    [InlineData("Tokyo は東京", 4)]
    public void Estimate_Text_DependsOnItsScript(string text, long tokens) => Assert.Equal(tokens, TokenEstimator.Estimate(text));

    [Fact]
    public void Estimate_PiecesOfAText_AreWorthAsMuchAsTheWhole()
    {
        var texts = from parts in Gen.Elements("plain words ", "世界", "мир", "🙂", "\n").ListOf() from cut in Gen.Choose(0, 1_000) select (string.Concat(parts), cut);

        Check.One(Fuzz.Config(), Prop.ForAll(texts.ToArbitrary(), sample =>
        {
            var (text, cut) = (sample.Item1, sample.cut % (sample.Item1.Length + 1));
            var pieces = default(TextMeasure);
            pieces.Add(text.AsSpan(0, cut));
            pieces.Add(text.AsSpan(cut));

            Assert.Equal(TokenEstimator.Estimate(text), pieces.Tokens);
        }));
    }

    [Fact]
    public void EstimateInput_Messages_CountTextReasoningToolCallsAndResults()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, [new TextContent(Characters(40)), new TextReasoningContent(Characters(40))]),
            new(ChatRole.Assistant, [new FunctionCallContent("1", Characters(40), new Dictionary<string, object?>
            {
                ["text"] = Characters(36),
                ["json"] = Json($"\"{Characters(34)}\""),
                ["numb"] = 1234,
                ["bool"] = true,
                ["none"] = null,
            })]),
            new(ChatRole.Tool, [new FunctionResultContent("1", Characters(40)), new FunctionResultContent("2", Json("{}"))]),
        ];

        var estimate = TokenEstimator.EstimateInput(messages, null);

        // Characters: 80, then 40 + (4 + 36) + (4 + 36) + (4 + 4) + 4 + 4, then 42. Beside them: 4 for each message, 1 for the flag.
        Assert.Equal(new TokenEstimate(((80 + 40 + 40 + 40 + 8 + 8 + 42 + 3) / 4) + 12 + 1, false), estimate);
    }

    [Fact]
    public void EstimateInput_Options_CountInstructionsAndTools()
    {
        var tool = AIFunctionFactory.CreateDeclaration(Characters(8), Characters(20), Json($$"""{"a":"{{Characters(32)}}"}"""));
        var options = new ChatOptions { Instructions = Characters(400), Tools = [tool, new HostedWebSearchTool()] };

        var estimate = TokenEstimator.EstimateInput([], options);

        Assert.Equal(new TokenEstimate(100 + ((8 + 20 + 40) / 4) + 8, false), estimate);
    }

    [Fact]
    public void EstimateInput_ImagesSoundFilesAndObjects_ArePartial()
    {
        AIContent[] unknown =
        [
            new DataContent(new byte[10_000], "image/png"),
            new UriContent("https://example.com/a.mp3", "audio/mpeg"),
            new HostedFileContent("file"),
            new FunctionResultContent("1", new object()),
        ];

        Assert.All(unknown, content => Assert.Equal(
            new TokenEstimate(5, true),
            TokenEstimator.EstimateInput([new(ChatRole.User, [new TextContent("abc"), content])], null)));
    }

    [Fact]
    public void EstimateInput_LazySequence_IsTheSameAsItsList()
    {
        List<ChatMessage> messages = [new(ChatRole.User, "one message"), new(ChatRole.User, "another message")];

        Assert.Equal(TokenEstimator.EstimateInput(messages, null), TokenEstimator.EstimateInput(messages.Where(_ => true), null));
    }

    [Fact]
    public void EstimateOutput_ResponseAndItsUpdates_AreTheSame()
    {
        var response = new ChatResponse([new(ChatRole.Assistant, [new TextContent("Some text"), new TextReasoningContent("and why")])]);
        var stream = default(ContentMeasure);
        foreach (var update in response.ToChatResponseUpdates())
        {
            stream.Add(update.Contents);
        }

        Assert.Equal(new TokenEstimate(4, false), TokenEstimator.EstimateOutput(response));
        Assert.Equal(new TokenEstimate(4, false), stream.Estimate);
    }

    [Fact]
    public void Estimate_MessagesAndUpdates_TakeNoMemory()
    {
        List<ChatMessage> messages = [new(ChatRole.User, "A question, and an answer:"), new(ChatRole.Tool, [new FunctionResultContent("1", Json("[1,2]"))])];
        var update = new ChatResponseUpdate(ChatRole.Assistant, "世界 and the rest");
        var stream = default(ContentMeasure);

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => TokenEstimator.EstimateInput(messages, null)));
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => stream.Add(update.Contents)));
    }

    private static string Characters(int count) => new('x', count);

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
