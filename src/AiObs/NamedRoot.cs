using AiObs.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>A root that stands in a container beside others, under a name. It has services of its own, so that nothing of it mixes with what is of another.</summary>
internal sealed record NamedRoot(string Name, Action<AgentObservabilityBuilder, IServiceProvider>? Configure)
{
    /// <summary>Adds a root to a container.</summary>
    /// <exception cref="InvalidOperationException">The container has one of this name.</exception>
    public void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ImplementationInstance is NamedRoot other && other.Name == Name))
        {
            throw new InvalidOperationException($"A root named '{Name}' was added before. Give this one a name of its own, or set it up where the first one is.");
        }

        services.AddSingleton(this);
        services.AddKeyedSingleton(Name, (application, _) => Create(application));
        services.AddKeyedSingleton<IServiceProvider>(Name, (application, _) => new RootServices(application.GetRequiredKeyedService<AgentObservability>(Name)));
        services.AddSingleton<IHostedService>(application => new NamedRootHost(application.GetRequiredKeyedService<AgentObservability>(Name)));
    }

    private AgentObservability Create(IServiceProvider application)
    {
        AgentObservability? root = null;
        try
        {
            root = AgentObservability.Create(builder => Build(builder, application));
            root.OwnServices!.GetService<IStartupValidator>()?.Validate();
            return root;
        }
        catch (OptionsValidationException exception)
        {
            root?.Dispose();
            throw InOwnSection(exception);
        }
    }

    private void Build(AgentObservabilityBuilder builder, IServiceProvider application)
    {
        builder.IsOfNamedRoot = true;

        // First of all, so that configuration and code can name another.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<AgentObservabilityOptions>>(
            new ConfigureOptions<AgentObservabilityOptions>(options => options.SourceName = $"{AgentObservabilityOptions.DefaultSourceName}.{Name}")));
        Share(application, builder.Services);
        Configure?.Invoke(builder, application);
    }

    /// <summary>Returns an exception that names the section of this root; options name that of a root without a name.</summary>
    private OptionsValidationException InOwnSection(OptionsValidationException exception) => new(
        exception.OptionsName, exception.OptionsType, exception.Failures.Select(failure => RootSection.PathOf(Name, failure)));

    private void Share(IServiceProvider application, IServiceCollection services)
    {
        if (application.GetService<IConfiguration>() is { } configuration)
        {
            services.AddSingleton<IConfiguration>(new RootSection(configuration, Name));
        }

        ShareOne<ILoggerFactory>(application, services);
        ShareOne<TimeProvider>(application, services);
        ShareOne<IHostApplicationLifetime>(application, services);
    }

    private static void ShareOne<TService>(IServiceProvider application, IServiceCollection services)
        where TService : class
    {
        if (application.GetService<TService>() is { } shared)
        {
            services.AddSingleton(shared);
        }
    }
}
