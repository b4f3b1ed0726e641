using AiObs.AspNetCore.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Access;

/// <summary>Decides, once for each request, whether content is shown: in pages, fragments, files and streams alike.</summary>
internal sealed class ContentGate(DashboardOptions options)
{
    /// <summary>Tells whether who asks may see content.</summary>
    /// <exception cref="InvalidOperationException">A policy is named and the host has no authorization, or no policy of that name.</exception>
    public async ValueTask<bool> ShowsAsync(HttpContext http)
    {
        var isShown = options.ShowContent switch
        {
            ContentVisibility.WhenLocal => LocalAccess.IsLocal(http),
            ContentVisibility.WhenAuthorized => LocalAccess.IsLocal(http) || http.User.Identity is { IsAuthenticated: true },
            _ => false,
        };
        if (!isShown || options.ContentPolicy is not { } policy)
        {
            return isShown;
        }

        var authorization = http.RequestServices.GetService<IAuthorizationService>() ?? throw new InvalidOperationException(
            $"DashboardOptions.ContentPolicy is \"{policy}\", and the application has no authorization: call services.AddAuthorization(o => o.AddPolicy(\"{policy}\", …)).");
        return (await authorization.AuthorizeAsync(http.User, resource: null, policy).ConfigureAwait(false)).Succeeded;
    }
}
