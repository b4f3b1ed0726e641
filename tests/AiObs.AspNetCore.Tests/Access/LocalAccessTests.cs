using System.Net;
using AiObs.AspNetCore.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace AiObs.AspNetCore.Tests.Access;

public sealed class LocalAccessTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.0.0.1", "LOCALHOST:5000", true)]
    [InlineData("127.9.9.9", "127.0.0.1:5000", true)]
    [InlineData("::1", "[::1]:5000", true)]
    [InlineData("::ffff:127.0.0.9", "localhost", true)]
    [InlineData("10.0.0.7", "localhost", false)]
    [InlineData("::ffff:10.0.0.7", "localhost", false)]
    [InlineData("2001:db8::1", "localhost", false)]
    [InlineData(null, "localhost", false)]
    [InlineData("127.0.0.1", "rebound.example", false)]
    [InlineData("127.0.0.1", "localhost.example", false)]
    [InlineData("127.0.0.1", "", false)]
    public void IsLocal_AddressAndName_HaveToBeOfThisMachine(string? address, string host, bool isLocal) =>
        Assert.Equal(isLocal, LocalAccess.IsLocal(Request(address, host)));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Original-For")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    [InlineData("X-Real-IP")]
    public void IsLocal_ThroughAProxy_IsNot(string header)
    {
        var request = Request("127.0.0.1", "localhost");
        request.Request.Headers[header] = "127.0.0.1";

        Assert.False(LocalAccess.IsLocal(request));
    }

    [Fact]
    public void IsLocal_HeadersThatOthersSend_DoNotMatter()
    {
        var request = Request("127.0.0.1", "localhost");
        request.Request.Headers["X-Session-Id"] = "s-1";

        Assert.True(LocalAccess.IsLocal(request));
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public void Admits_FromElsewhere_OnlyWhereTheEndpointIsAuthorized(bool isAuthorized, bool allowsAnonymous, bool admits)
    {
        var request = Request("10.0.0.7", "ops.example");
        request.SetEndpoint(Endpoint(isAuthorized, allowsAnonymous));

        Assert.Equal(admits, LocalAccess.Admits(request));
    }

    [Fact]
    public void Admits_LocalRequest_PassesWithoutAuthorization() => Assert.True(LocalAccess.Admits(Request("127.0.0.1", "localhost")));

    private static DefaultHttpContext Request(string? address, string host) => new()
    {
        Connection = { RemoteIpAddress = address is null ? null : IPAddress.Parse(address) },
        Request = { Host = new HostString(host) },
    };

    private static Endpoint Endpoint(bool isAuthorized, bool allowsAnonymous)
    {
        object?[] metadata = [isAuthorized ? new AuthorizeAttribute("ops") : null, allowsAnonymous ? new AllowAnonymousAttribute() : null];
        return new(requestDelegate: null, new EndpointMetadataCollection(metadata.OfType<object>()), "page");
    }
}
