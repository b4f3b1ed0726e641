using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Tests.Hosting;

public sealed class ConfiguredSwitchTests
{
    [Theory]
    [InlineData("Privacy:MaxContentLength", "1")]
    [InlineData("CaptureContent", "yes")]
    public void Reload_SwitchedOffBesideAnInvalidOption_IsOff(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddAgentObservability().Services
            .BuildServiceProvider();
        var observability = provider.GetRequiredService<AgentObservability>();

        configuration["AgentObservability:Enabled"] = "false";
        configuration[$"AgentObservability:{key}"] = value;
        configuration.Reload();

        Assert.False(observability.Enabled);
    }

    [Fact]
    public void Reload_InvalidOptionAlone_StaysOn()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddAgentObservability().Services
            .BuildServiceProvider();
        var observability = provider.GetRequiredService<AgentObservability>();

        configuration["AgentObservability:Privacy:MaxContentLength"] = "1";
        configuration.Reload();

        Assert.True(observability.Enabled);
    }
}
