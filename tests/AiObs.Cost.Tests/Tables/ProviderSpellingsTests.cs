using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Tables;

public sealed class ProviderSpellingsTests
{
    public static TheoryData<string> OpenTelemetryNames =>
        [.. typeof(ProviderNames).GetFields().Where(static name => name.IsLiteral).Select(static name => (string)name.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(OpenTelemetryNames))]
    [InlineData("az.ai.inference")]
    [InlineData("az.ai.openai")]
    [InlineData("vertex_ai")]
    [InlineData("gemini")]
    [InlineData("xai")]
    [InlineData("fireworks_ai")]
    [InlineData("fireworks")]
    [InlineData("together")]
    [InlineData("together_ai")]
    [InlineData("cerebras")]
    public void Find_NameThatOpenTelemetryUses_IsAKnownProvider(string provider) =>
        Assert.Equal(PriceLookup.UnknownModel, PriceTable.Default.Find(new("no such model", provider, default)));

    [Theory]
    [InlineData("azure.ai.inference", "gpt-4o", "azure")]
    [InlineData("azure.ai.openai", "gpt-4o", "openai")]
    [InlineData("gcp.gen_ai", "gemini-2.5-flash", "google")]
    [InlineData("gcp.vertex_ai", "claude-sonnet-4-5", "google")]
    [InlineData("x_ai", "grok-4", "x-ai")]
    [InlineData("mistral_ai", "mistral-large-latest", "mistral")]
    [InlineData("moonshot_ai", "kimi-k2-0905-preview", "moonshotai")]
    [InlineData("aws.bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0", "aws")]
    public void Find_NameAndModel_IsPricedByThatProvider(string provider, string model, string found) =>
        Assert.Equal(found, PriceTable.Default.Find(new(model, provider, default)).Price?.Provider);

    [Theory]
    [InlineData("ollama")]
    [InlineData("ibm.watsonx.ai")]
    public void Find_ProviderWithoutPrices_IsUnknown(string provider) =>
        Assert.Equal(PriceLookup.UnknownProvider, PriceTable.Default.Find(new("llama3", provider, default)));
}
