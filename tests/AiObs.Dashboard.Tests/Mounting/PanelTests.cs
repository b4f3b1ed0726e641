using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Mounting;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Tests.Mounting;

public sealed class PanelTests
{
    [Fact]
    public async Task Store_ThatDoesNotHeedItsToken_IsNotWaitedFor()
    {
        await using var host = await DashboardHost.StartAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        var page = new PageRequest
        {
            Http = new DefaultHttpContext(),
            Sources = new(host.Services),
            Links = new("/aiobs"),
            Filter = PageFilter.Read(new QueryCollection()),
            ShowsContent = true,
            Now = DateTimeOffset.UtcNow,
            Stop = stop.Token,
        };

        var panel = await Panel.ReadAsync(page, static _ => new ValueTask<int>(new TaskCompletionSource<int>().Task)).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(new(0, "This took longer than 10 seconds. Choose a shorter time, or ask for less."), panel);
    }
}
