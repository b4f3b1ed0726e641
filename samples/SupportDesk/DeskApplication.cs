using AiObs;
using AiObs.Conversations;
using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.OpenTelemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using OpenTelemetry.Trace;
using SupportDesk.Assistant;
using SupportDesk.Chat;
using SupportDesk.Model;
using SupportDesk.Visitors;

namespace SupportDesk;

/// <summary>Puts the application together: the page, its API, the assistant and, around all of them, AiObs.</summary>
internal static class DeskApplication
{
    public const string VisitorBudget = "visitor";
    public const string TotalBudget = "everybody";

    private const string DefaultAddress = "http://127.0.0.1:5080";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Builds the application, with the model that the environment has a key for.</summary>
    /// <param name="args">The command line: settings such as <c>--urls</c> and <c>--Desk:VisitorBudget</c>.</param>
    /// <param name="configure">What is to be different from a usual start.</param>
    /// <param name="cancellationToken">The token that ends the start of the scripted model.</param>
    public static async Task<WebApplication> BuildAsync(
        string[] args, Action<WebApplicationBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration["urls"] ??= DefaultAddress;

        // Whoever has a name lead to this machine must not have the browser talk to the desk under that name.
        builder.Configuration["AllowedHosts"] ??= "localhost;127.0.0.1;[::1]";

        // That the keys of cookies are not encrypted on their way to memory is no news, a failed start is told by the program, and a failed tool by its span.
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter(typeof(FunctionInvokingChatClient).FullName, LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        configure?.Invoke(builder);

        var options = DeskOptions.Read(builder.Configuration);
        var model = await ModelConnection.OpenAsync(options, builder.Configuration, cancellationToken);

        // By a function, since the container disposes what it has made itself.
        builder.Services.AddSingleton(_ => model).AddSingleton(options);
        builder.Services.AddSingleton<ConversationList>().AddSingleton<KnowledgeBase>().AddSingleton<SupportAssistant>().AddSingleton<TurnRecords>();
        AddWeb(builder.Services);
        AddObservedAssistant(builder.Services, options);
        AddTracing(builder.Services, builder.Configuration);

        var app = builder.Build();
        UseWeb(app);

        return app;
    }

    private static void AddObservedAssistant(IServiceCollection services, DeskOptions options)
    {
        #region snippet:support-desk
        services.AddChatClient(provider => provider.GetRequiredService<ModelConnection>().Client)
            .UseConversations(options: new() { PartialAnswers = PartialAnswers.Discard })    // each question is a turn of a conversation that is kept
            .UseAgent("support-desk")                                    // an AGENT span around the loop
            .UseFunctionInvocation(configure: SupportTools.Configure)    // a TOOL span for each tool call
            .UseAgentObservability();                                    // an LLM span for each model call, priced and held to budgets

        services.AddAgentObservability(o => o.CaptureContent = ContentCapture.All)
            .AddCostTracking(o =>
            {
                o.Budgets.Add(new Budget { Name = VisitorBudget, Scope = BudgetScope.User, Window = BudgetWindow.CalendarDay, Limit = options.VisitorBudget });
                o.Budgets.Add(new Budget { Name = TotalBudget, Window = BudgetWindow.CalendarDay, Limit = options.TotalBudget });

                // The script on this machine stands in for a provider, so calls of it are priced like the provider's.
                o.Pricing.LocalCalls = LocalCallPricing.LikeProvider;
            })
            .AddStore(s => s.UseSqlite(ConnectionTo(options.Database)))
            .AddConversations()
            .AddDashboard(d => d.Title = "Support desk");
        #endregion
    }

    private static void AddTracing(IServiceCollection services, ConfigurationManager configuration) =>
        services.AddOpenTelemetry().WithTracing(tracing =>
        {
            // What a visitor's traceparent header says of sampling is not asked: every answer is traced.
            tracing.AddSource("Microsoft.AspNetCore").AddAgentObservability().SetSampler(new AlwaysOnSampler());
            if (configuration[OtlpEndpoint] is { Length: > 0 } endpoint)
            {
                tracing.AddOtlpBackend(OtlpBackend.Generic, o => o.Endpoint = new Uri(endpoint));
            }
        });

    private static void AddWeb(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemDetails();
        services.AddAuthorization();
        services.AddVisitors();
    }

    private static void UseWeb(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UsePageProtection();

        var page = new EmbeddedFileProvider(typeof(DeskApplication).Assembly, $"{nameof(SupportDesk)}.Page");
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = page });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = page });

        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        #region snippet:support-desk-context
        app.UseAgentContext(c =>
        {
            c.User = http => http.User.FindFirst(Visitor.UserClaim)?.Value;
            c.Session = http => http.User.FindFirst(Visitor.SessionClaim)?.Value;
            c.Conversation = http => (string?)http.GetRouteValue(ChatEndpoints.ConversationRoute);
        });
        #endregion

        app.MapVisitors();
        app.MapChat();
        app.MapAgentObservability();
    }

    private static string ConnectionTo(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;
}
