using AiObs.Guardrails;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

public sealed class TopicGuardrailTests
{
    private static readonly GuardrailTopic Law = new("law") { Words = ["lawyer", "court case"] };
    private static readonly GuardrailTopic Sport = new("sport") { Words = ["football"], Examples = ["who won the match", "the best striker"] };

    [Theory]
    [InlineData("I need a LAWYER.", "about the topic 'law' 1 0:I need a LAWYER.")]
    [InlineData("My court\u200B case.", "about the topic 'law' 1 0:My court\u200B case.")]
    [InlineData("The lawyers' house.", null)]
    [InlineData("", null)]
    public async Task Check_Words_TellTheTopic(string text, string? expected) => Assert.Equal(expected is null ? [] : [expected], await Verdict.Of(new TopicGuardrail([Law]), text));

    [Fact]
    public async Task Check_NearToAnExample_IsAboutItsTopic()
    {
        var generator = Embedding();
        var guardrail = new TopicGuardrail([Law, Sport], generator);

        Assert.Equal(["about the topic 'sport' 0.8 0:near"], await Verdict.Of(guardrail, "near"));
        Assert.Empty(await Verdict.Of(guardrail, "far"));
        Assert.Equal([["who won the match", "the best striker"], ["near"], ["far"]], generator.Calls.Select(static call => call.Values.ToArray()));
    }

    [Fact]
    public async Task Check_WordOfAnAllowedTopic_EmbedsNothing()
    {
        var generator = Embedding();

        Assert.Empty(await Verdict.Of(new TopicGuardrail([Law, Sport], generator) { AllowOnly = true }, "football"));
        Assert.Empty(generator.Calls);
        Assert.Equal(["about the topic 'sport' 1 0:football"], await Verdict.Of(new TopicGuardrail([Law, Sport], generator), "football"));
        Assert.Equal(2, generator.Calls.Count);
    }

    [Fact]
    public async Task Check_Threshold_SaysHowNear()
    {
        Assert.Empty(await Verdict.Of(new TopicGuardrail([Sport], Embedding()) { Threshold = 0.81 }, "near"));
        Assert.Equal(["about the topic 'sport' 0.8 0:near"], await Verdict.Of(new TopicGuardrail([Sport], Embedding()) { Threshold = 0.8 }, "near"));
    }

    [Fact]
    public async Task Check_AllowOnly_FindsWhatIsAboutNoneOfThem()
    {
        var guardrail = new TopicGuardrail([Law, Sport], Embedding()) { AllowOnly = true };

        Assert.Empty(await Verdict.Of(guardrail, "My lawyer plays."));
        Assert.Empty(await Verdict.Of(guardrail, "near"));
        Assert.Empty(await Verdict.Of(guardrail, "42!"));
        Assert.Equal(["about none of the allowed topics 1 0:far"], await Verdict.Of(guardrail, "far"));
    }

    [Fact]
    public async Task Check_SeveralTexts_NamesEach() => Assert.Equal(
        ["about the topic 'law' 1 0:lawyer", "about the topic 'sport' 1 2:football"], await Verdict.Of(new TopicGuardrail([Law, Sport], Embedding()), Verdict.Input("lawyer", "far", "football")));

    [Fact]
    public async Task Check_GeneratorThrows_IsAFailure_AndIsAskedAgain()
    {
        var isAway = true;
        var guardrail = new TopicGuardrail([Sport], new StubEmbeddingGenerator<string, Embedding<float>>(call => isAway ? throw new HttpRequestException("away") : EmbedAsync(call)));

        await Assert.ThrowsAsync<HttpRequestException>(() => Verdict.Of(guardrail, "near"));
        isAway = false;
        Assert.Equal(["about the topic 'sport' 0.8 0:near"], await Verdict.Of(guardrail, "near"));
    }

    [Theory]
    [InlineData(1, 2, "The generator made 1 embeddings of 2 texts.")]
    [InlineData(2, 3, "An embedding has 2 dimensions, and that of an example 3.")]
    public async Task Check_WrongEmbeddings_AreAFailure(int count, int dimensions, string message)
    {
        var calls = 0;
        var generator = new StubEmbeddingGenerator<string, Embedding<float>>(call => ++calls > 1
            ? EmbedAsync(call)
            : Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(Enumerable.Range(0, count).Select(_ => new Embedding<float>(new float[dimensions])))));

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Verdict.Of(new TopicGuardrail([Sport], generator), "near"));

        Assert.Equal(message, failed.Message);
    }

    [Fact]
    public void Make_Wrong_Throws()
    {
        Assert.Throws<ArgumentException>(static () => new TopicGuardrail([]));
        Assert.Throws<ArgumentException>(static () => new TopicGuardrail([new("empty")]));
        Assert.Throws<ArgumentException>(static () => new TopicGuardrail([Sport]));
        Assert.Throws<ArgumentException>(static () => new GuardrailTopic(""));
        Assert.Throws<ArgumentException>(static () => new GuardrailTopic("a") { Words = [" "] });
        Assert.Throws<ArgumentException>(static () => new GuardrailTopic("a") { Examples = [""] });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TopicGuardrail([Law]) { Threshold = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TopicGuardrail([Law]) { Threshold = 1.01 });
        Assert.Equal(("law", GuardrailStages.Input | GuardrailStages.Output), (new TopicGuardrail([Law]) { Name = "law" }.Name, new TopicGuardrail([Law]).Stages));
    }

    private static StubEmbeddingGenerator<string, Embedding<float>> Embedding() => new(EmbedAsync);

    /// <summary>Gives examples and "near" vectors whose cosine is 0.8, and everything else one at a right angle.</summary>
    private static Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(StubEmbeddingCall<string> call) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(call.Values.Select(static text => new Embedding<float>(text switch
        {
            "near" => new float[] { 4, 3 },
            "who won the match" or "the best striker" => [2, 0],
            _ => [0, 5],
        }))));
}
