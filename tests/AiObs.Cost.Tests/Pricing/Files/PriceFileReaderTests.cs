using System.Text;
using AiObs.Cost.Pricing;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Cost.Tests.Pricing.Files;

public sealed class PriceFileReaderTests
{
    private const string Whole = """
        {
          // What we pay since March.
          "version": "contract 7",
          "prices": [
            {
              "provider": "azure",
              "model": "gpt-4o*",
              "rates": { "input_mtok": 2.25, "output_mtok": 9 },
              "tiers": [ { "start": 128000, "rates": { "input_mtok": 4.5 } } ]
            },
            { "model": "in-house", "rates": { "requests_kcount": 1 } },
          ],
          "aliases": { "prod": "azure/gpt-4o", "arn:aws:bedrock:x": "aws/claude" },
          "serviceTierMultipliers": { "openai/priority": 2 },
          "regionMultipliers": { "eu": 1.1 },
        }
        """;

    private const string Where = "AgentObservability:Costs:Pricing:PriceFile 'prices.json'";

    [Fact]
    public void Parse_EveryMember_IsRead()
    {
        var content = Parse(Whole);

        Assert.Empty(content.Problems);
        var (azure, own) = (content.Rules.Prices[0], content.Rules.Prices[1]);
        Assert.Equal("contract 7", content.Version);
        Assert.Equal(("azure", "gpt-4o*"), (azure.Provider, azure.Model));
        Assert.Equal([new("input_mtok", 2.25m), new("output_mtok", 9m)], azure.Rates);
        Assert.Equal((128_000, 4.5m), (azure.Tiers[0].Start, azure.Tiers[0].Rates["input_mtok"]));
        Assert.Equal((null, "in-house", 1m), (own.Provider, own.Model, own.Rates["requests_kcount"]));
        Assert.Equal(("azure/gpt-4o", "aws/claude"), (content.Rules.Aliases["prod"], content.Rules.Aliases["arn:aws:bedrock:x"]));
        Assert.Equal((2m, 1.1m), (content.Rules.ServiceTierMultipliers["openai/priority"], content.Rules.RegionMultipliers["eu"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\uFEFF{ /* nothing yet */ }")]
    public void Parse_NothingInIt_IsNoProblem(string json) => Assert.Empty(Parse(json).Problems);

    [Theory]
    [InlineData("", " is not JSON: ")]
    [InlineData("{ \"prices\": [", " is not JSON: ")]
    [InlineData("{ \"version\": \"1\", \"version\": \"2\" }", " is not JSON: ")]
    [InlineData("{ \"version\": \"\\ud800\" }", " has a text with an escape that is no character. Write characters as they are, in UTF-8.")]
    [InlineData("{ \"\\udc00\": 1 }", " has a text with an escape that is no character. Write characters as they are, in UTF-8.")]
    [InlineData("[]", " is a price table that cannot be used: It has no models. Take another version of it.")]
    [InlineData("{ \"version\": 7 }", ": $['version'] is 7. Give a text.")]
    [InlineData("{ \"price\": 7 }", ": $['price'] is not known here. Known are version, prices, aliases, serviceTierMultipliers, regionMultipliers and overlay.")]
    [InlineData("{ \"prices\": {} }", ": $.prices is an object. Give a list.")]
    [InlineData("{ \"prices\": [ null ] }", ": $.prices[0] is null. Give an object.")]
    [InlineData("{ \"prices\": [ { \"models\": 1 } ] }", ": $.prices[0]['models'] is not known here. Known are provider, model, rates and tiers.")]
    [InlineData("{ \"prices\": [ { \"model\": 1 } ] }", ": $.prices[0].model is 1. Give a text.")]
    [InlineData("{ \"prices\": [ { \"provider\": null } ] }", ": $.prices[0].provider is null. Give a text.")]
    [InlineData("{ \"prices\": [ { \"match\": \"prefix\" } ] }", ": $.prices[0]['match'] is not known here. Known are provider, model, rates and tiers.")]
    [InlineData("{ \"prices\": [ { \"rates\": { \"input_mtok\": \"2\" } } ] }", ": $.prices[0].rates['input_mtok'] is \"2\". Give a number.")]
    [InlineData("{ \"prices\": [ { \"rates\": { \"input_mtok\": 1e99 } } ] }", ": $.prices[0].rates['input_mtok'] is 1e99. Give a number.")]
    [InlineData("{ \"prices\": [ { \"tiers\": 1 } ] }", ": $.prices[0].tiers is 1. Give a list.")]
    [InlineData("{ \"prices\": [ { \"tiers\": [ { \"start\": 1.5 } ] } ] }", ": $.prices[0].tiers[0].start is 1.5. Give a number of tokens.")]
    [InlineData("{ \"prices\": [ { \"tiers\": [ { \"end\": 1 } ] } ] }", ": $.prices[0].tiers[0]['end'] is not known here. Known are start and rates.")]
    [InlineData("{ \"prices\": [ { \"model\": \"m\" } ] }", ": $.prices[0].rates is empty. Give at least one rate, such as input_mtok; a model that costs nothing has the rate 0.")]
    [InlineData("{ \"aliases\": { \"a\": 1 } }", ": $.aliases['a'] is 1. Give a text.")]
    [InlineData("{ \"aliases\": { \"a\": \"b\" } }", ": $.aliases['a'] is 'b'. Give provider/model, such as azure/gpt-4o.")]
    [InlineData("{ \"serviceTierMultipliers\": { \"flex\": -1 } }", ": $.serviceTierMultipliers['flex'] is -1. Give a multiplier from 0 to 1,000,000; 1 changes nothing.")]
    [InlineData("{ \"regionMultipliers\": [] }", ": $.regionMultipliers is a list. Give an object.")]
    public void Parse_Mistake_SaysWhereWhatAndWhatToDo(string json, string message)
    {
        var problem = Assert.Single(Parse(json).Problems);

        Assert.StartsWith(Where + message, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LongMistake_IsQuotedInPart()
    {
        var problem = Assert.Single(Parse($$"""{ "prices": "{{new string('x', 1_000)}}" }""").Problems);

        Assert.True(problem.Length < 200, problem);
    }

    [Fact]
    public void Parse_Garbage_IsSaidToBeWrongAndNothingThrows()
    {
        var property = Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(), bytes => Assert.StartsWith(Where, Assert.Single(Parse(bytes).Problems), StringComparison.Ordinal));

        Check.One(Fuzz.Config(500), property);
    }

    [Fact]
    public void Parse_SpoiledFile_EitherReadsOrIsSaidToBeWrong()
    {
        var whole = Encoding.UTF8.GetBytes(Whole);
        var spoil = from place in Gen.Choose(0, whole.Length - 1)
                    from length in Gen.Choose(0, 20)
                    from bytes in Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value))
                    select (byte[])[.. whole[..place], .. bytes, .. whole[Math.Min(whole.Length, place + length)..]];

        Check.One(
            Fuzz.Config(2_000),
            Prop.ForAll(spoil.ToArbitrary(), bytes => Assert.All(Parse(bytes).Problems, problem => Assert.StartsWith(Where, problem, StringComparison.Ordinal))));
    }

    [Fact]
    public void Parse_ValuesOfOtherKinds_EitherReadOrAreSaidToBeWrong()
    {
        string[] values = ["null", "true", "-1", "1e400", "\"\"", "\"\\ud83d\"", "[]", "{}", "[[[]]]", "{\"start\":9,\"rates\":{\"input_mtok\":1}}", "\"a/b\""];
        var spoil = from place in Gen.Choose(0, Whole.Length - 1) from value in Gen.Elements(values) select (place, value);

        Check.One(
            Fuzz.Config(2_000),
            Prop.ForAll(spoil.ToArbitrary(), change =>
            {
                // The value after the next colon is exchanged.
                var colon = Whole.IndexOf(": ", change.place, StringComparison.Ordinal);
                var end = colon < 0 ? -1 : Whole.IndexOfAny([',', '}', '\n'], colon);
                var json = end < 0 ? change.value : $"{Whole[..(colon + 1)]}{change.value}{Whole[end..]}";
                Assert.All(Parse(json).Problems, problem => Assert.StartsWith(Where, problem, StringComparison.Ordinal));
            }));
    }

    [Fact]
    public void Read_FileTooLarge_IsSaidToBe()
    {
        using var file = new PriceFileFixture("");
        file.Write(new byte[PriceFileBytes.Limit + 1]);

        Assert.Equal([$"AgentObservability:Costs:Pricing:PriceFile '{file.Name}' has 8388609 bytes. Keep it below 8388608."], file.Validate());
    }

    [Fact]
    public void Read_Folder_IsSaidToBeUnreadable() => Assert.StartsWith(
        $"AgentObservability:Costs:Pricing:PriceFile '{Path.GetTempPath()}' cannot be read: ",
        Assert.Single(PriceFileReader.Read(Path.GetTempPath()).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void Read_PathThatCannotBe_IsSaidToBeUnreadable() => Assert.Contains(
        "cannot be read: ", Assert.Single(PriceFileReader.Read("a\0b").Problems), StringComparison.Ordinal);

    private static PriceFileContent Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    private static PriceFileContent Parse(byte[] bytes) => PriceFileReader.Parse(bytes, "prices.json");
}
