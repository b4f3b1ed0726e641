using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs.Dashboard.Tests.Access;

/// <summary>Signs in whoever says a role in a header.</summary>
internal sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Test-Role";

    private const string Name = "test";

    /// <summary>Adds it, and a policy for each role that has the name of the role.</summary>
    public static void Add(IServiceCollection services, params string[] roles)
    {
        services.AddAuthentication(Name).AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>(Name, configureOptions: null);
        services.AddAuthorization(authorization => Array.ForEach(roles, role => authorization.AddPolicy(role, policy => policy.RequireRole(role))));
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Request.Headers[Header].ToString() is { Length: > 0 } role
            ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, "ada"), new(ClaimTypes.Role, role)], Name)), Name))
            : AuthenticateResult.NoResult());
}
