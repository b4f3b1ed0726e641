using AiObs.Guardrails;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

public sealed class KeywordGuardrailTests
{
    private static readonly KeywordGuardrail Guardrail = new("secret", "project falcon", "密码");

    [Theory]
    [InlineData("a secret, kept", "secret")]
    [InlineData("SECRET!", "SECRET")]
    [InlineData("s\u00E9cret", "s\u00E9cret")]
    [InlineData("se\u200Bcr\u00ADet", "se\u200Bcr\u00ADet")]
    [InlineData("ѕесrеt", "ѕесrеt")]
    [InlineData("ＳＥＣＲＥＴ", "ＳＥＣＲＥＴ")]
    [InlineData("𝐬𝐞𝐜𝐫𝐞𝐭", "𝐬𝐞𝐜𝐫𝐞𝐭")]
    [InlineData("s\u0336e\u0336cret", "s\u0336e\u0336cret")]
    [InlineData("Project \n Falcon", "Project \n Falcon")]
    [InlineData("我要密码吗", "密码")]
    [InlineData("q=a%73ecr%65t no, but %73ecr%65t yes", "%73ecr%65t")]
    public async Task Check_WordInAnyWriting_IsFoundAtItsPlace(string text, string place) => Assert.Equal([$"a word of the list 1 0:{place}"], await Verdict.Of(Guardrail, text));

    [Fact]
    public async Task Check_WordInBase64_IsFoundInTheGroupsThatHoldIt()
    {
        // "the secret is out", of which bytes 4 to 9 are the word: groups of three bytes are four characters.
        var text = "x dGhlIHNlY3JldCBpcyBvdXQ= y";

        Assert.Equal(["a word of the list 1 0:IHNlY3JldCBp"], await Verdict.Of(Guardrail, text));
    }

    [Fact]
    public async Task Check_WordInTags_IsFound()
    {
        var tags = string.Concat("secret".Select(static letter => char.ConvertFromUtf32(0xE0000 + letter)));

        Assert.Contains($"a word of the list 1 0:{tags}", await Verdict.Of(Guardrail, $"hi {tags}"));
    }

    [Theory]
    [InlineData("secretary")]
    [InlineData("topsecret")]
    [InlineData("secret_key")]
    [InlineData("se\u200Bcret\u200Bary")]
    [InlineData("se cret")]
    [InlineData("")]
    public async Task Check_PartOfALongerWord_IsFoundOnlyWithoutWholeWords(string text)
    {
        Assert.Empty(await Verdict.Of(Guardrail, text));
        Assert.Equal(text.Replace("\u200B", "", StringComparison.Ordinal).Contains("secret", StringComparison.Ordinal), Verdict.Hits(new KeywordGuardrail("secret") { WholeWords = false }, text).Count == 1);
    }

    [Fact]
    public async Task Check_MoreHiddenThanAWordCanHold_IsAHitOfItsOwn()
    {
        var hidden = new string('\u200B', 7);

        Assert.Equal([$"more than 6 characters in a row that nobody sees 1 0:{hidden}"], await Verdict.Of(Guardrail, $"s{hidden}\u200B\u200Becret"));
        Assert.Equal([$"a word of the list 1 0:s{hidden[1..]}ecret"], await Verdict.Of(Guardrail, $"s{hidden[1..]}ecret"));
    }

    [Fact]
    public async Task Check_FlagOfARegion_IsNotHidden() => Assert.Empty(await Verdict.Of(Guardrail, "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F wins"));

    [Fact]
    public async Task Check_SeveralTexts_NamesEach() =>
        Assert.Equal(["a word of the list 1 1:secret", "a word of the list 1 1:Secret"], await Verdict.Of(Guardrail, Verdict.Input("fine", "secret and Secret")));

    [Fact]
    public void Make_WithoutWords_Throws()
    {
        Assert.Equal("words", Assert.Throws<ArgumentException>(static () => new KeywordGuardrail()).ParamName);
        Assert.StartsWith("Word 1 has nothing that can be seen.", Assert.Throws<ArgumentException>(static () => new KeywordGuardrail("a", "\u200B")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(static () => new KeywordGuardrail(null!));
        Assert.Throws<ArgumentException>(static () => new KeywordGuardrail("a") { Name = " " });
    }

    [Fact]
    public void Properties_SayWhatItCan() => Assert.Equal(
        ("words", GuardrailStages.All, true, (9 * 15) + 8),
        (new KeywordGuardrail("a") { Name = "words" }.Name, Guardrail.Stages, Guardrail.CanRedact, Guardrail.LongestMatch!.Value));

    [Fact]
    public async Task Check_Cancelled_Throws() => await Assert.ThrowsAsync<OperationCanceledException>(static () => Guardrail.CheckAsync(Verdict.Input("a"), new(canceled: true)).AsTask());
}
