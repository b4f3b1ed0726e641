using System.Text.Json;
using AiObs.Recording;

namespace AiObs.Tests.Recording;

public sealed class ServiceTierReaderTests
{
    private enum Tier
    {
        Flex,
    }

    [Theory]
    [InlineData("service_tier")]
    [InlineData("ServiceTier")]
    [InlineData("serviceTier")]
    public void Read_EitherSpelling_IsFound(string key) =>
        Assert.Equal("batch", ServiceTierReader.Read(new() { [key] = "batch" }, null));

    [Fact]
    public void Read_ResponseAndRequest_TheResponseCounts()
    {
        Assert.Equal("default", ServiceTierReader.Read(new() { ["service_tier"] = "default" }, new() { ["service_tier"] = "flex" }));
        Assert.Equal("flex", ServiceTierReader.Read([], new() { ["service_tier"] = "flex" }));
        Assert.Null(ServiceTierReader.Read(null, null));
    }

    [Fact]
    public void Read_ValuesOfAllKinds_AreTextOrNothing()
    {
        Assert.Equal("flex", Read(JsonDocument.Parse("\"flex\"").RootElement));
        Assert.Equal("Flex", Read(Tier.Flex));
        Assert.Null(Read(JsonDocument.Parse("{}").RootElement));
        Assert.Null(Read(new object()));
        Assert.Null(Read(""));
        Assert.Null(Read(new string('x', 65)));

        static string? Read(object value) => ServiceTierReader.Read(new() { ["service_tier"] = value }, null);
    }

    [Theory]
    [InlineData("region")]
    [InlineData("data_zone")]
    [InlineData("inference_geo")]
    public void ReadRegion_Spellings_AreFoundAndTheResponseCounts(string key)
    {
        Assert.Equal("eu", RegionReader.Read(new() { [key] = "eu" }, new() { [key] = "us" }));
        Assert.Equal("us", RegionReader.Read(null, new() { [key] = "us" }));
    }
}
