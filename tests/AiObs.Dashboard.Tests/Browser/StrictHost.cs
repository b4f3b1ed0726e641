using Microsoft.AspNetCore.Builder;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Is an application with a policy of its own, as strict as one can be.</summary>
public sealed class StrictHost : SeededHost
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    internal static void UsePolicy(WebApplication app) => app.Use(static (http, next) =>
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return next(http);
    });

    protected override void Use(WebApplication app) => UsePolicy(app);
}
