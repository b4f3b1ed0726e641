using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Observers;

/// <summary>Decides, when a client is built, which decorator observes its calls: by what is found inside of it, never by what a call meets on its way.</summary>
/// <remarks>
/// Neighbours become one observer. An observer behind other clients stays the only one: a line outside that adds nothing is left out, and one
/// that would have no effect is refused.
/// </remarks>
internal static class ObserverRules
{
    /// <summary>Returns the parts of the observer to put on a client; <see langword="null"/> where the client stays as it is.</summary>
    /// <param name="request">What the line asks for.</param>
    /// <param name="inside">The parts of the nearest observer in the client that is not off by its own options; of the client itself, where it is one.</param>
    /// <param name="site">The client.</param>
    /// <exception cref="InvalidOperationException">The line would have no effect where it stands.</exception>
    public static ObserverParts? Decide(ObserverRequest request, ObserverParts? inside, ObserverSite site)
    {
        var brought = request.Given ?? request.Services?.GetService<AgentObservability>();
        if (inside is null)
        {
            return New(request, request.Given ?? site.Root?.Root ?? brought, site);
        }

        var parts = inside;
        var root = brought ?? parts.Observability;
        if (TurnsOff(request, root))
        {
            // What is switched off joins nothing, so that the observer inside goes on, and the gates are that one's.
            return new ObserverParts(root.Root).Add(request).WithoutGates();
        }

        if (!root.IsOfSameRoot(parts.Observability))
        {
            if (site.IsObserver && parts.HasRootOfItsOwn)
            {
                // It made a root because there was none; here is one.
                return parts.On(root.Root).Add(request);
            }

            root.Pipeline.Warnings.TwoRoots(request.Method, site.Name);
            if (request.Given is not null)
            {
                return request.IsForAll ? null : new ObserverParts(root.Root).Add(request);
            }
        }

        return site.IsObserver && !request.IsForAll
            ? (parts with { Owned = [] }).Add(request)
            : Further(request, parts, site);
    }

    private static ObserverParts New(ObserverRequest request, AgentObservability? root, ObserverSite site)
    {
        var parts = root is null ? ObserverParts.WithOwnRoot(request) : new ObserverParts(root.Root).Add(request);
        if (site.IsCached)
        {
            parts.Observability.Pipeline.Warnings.OutsideOfCache(request.Method, site.Name);
        }

        return parts;
    }

    private static bool TurnsOff(ObserverRequest request, AgentObservability root)
    {
        if (request.ChangesFor(root) is not { } changes)
        {
            return false;
        }

        using var view = root.With(changes);
        return view.IsOff;
    }

    /// <summary>Decides on a line whose calls are observed already, with other clients between.</summary>
    private static ObserverParts? Further(ObserverRequest request, ObserverParts parts, ObserverSite site)
    {
        if (Refusals.Of(request, parts, site.Name) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        if (!request.IsForAll)
        {
            parts.Observability.Pipeline.Warnings.LeftOut(request.Method, site.Name);
        }

        return null;
    }
}
