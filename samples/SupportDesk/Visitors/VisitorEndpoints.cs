using AiObs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using SupportDesk.Chat;
using SupportDesk.Model;

namespace SupportDesk.Visitors;

/// <summary>Lets visitors in: whoever opens the page is a guest, with a budget of their own.</summary>
internal static class VisitorEndpoints
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void AddVisitors(this IServiceCollection services)
    {
        // Conversations and budgets are in memory, so visitors need not outlive the process either.
        services.Configure<KeyManagementOptions>(static options => options.XmlRepository = new KeysInMemory());
        services.AddAuthentication(Scheme).AddCookie(static options =>
        {
            options.Cookie.Name = "support-desk";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Events.OnRedirectToLogin = static context =>
                Results.Problem("POST /api/session lets you in.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context.HttpContext);
        });
    }

    public static void MapVisitors(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/session", OpenAsync);
        endpoints.MapDelete("/api/session", CloseAsync);
    }

    /// <summary>Lets somebody in, or says how somebody who is in already stands.</summary>
    private static async Task<IResult> OpenAsync(HttpContext http, AgentObservability observability, ModelConnection model, DeskOptions options)
    {
        var user = http.User;
        if (user.Identity is not { IsAuthenticated: true })
        {
            user = Visitor.CreateGuest(Scheme);
            await http.SignInAsync(Scheme, user);
        }

        var id = Visitor.IdOf(user);

        return Results.Ok(new { user = id, model = model.Description, budget = BudgetView.Of(observability.Costs!, id, options) });
    }

    /// <summary>Lets somebody out; whoever comes next is somebody else.</summary>
    private static Task CloseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;

        return http.SignOutAsync(Scheme);
    }
}
